// Keeps the page and its files in this browser, so that a reload without a connection goes on.
(() => {
  if (!window.Studio || !("serviceWorker" in navigator)) return;
  const files = () => [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=preload], link[rel=icon]")].map((one) => one.src || one.href);
  async function keep() {
    await navigator.serviceWorker.register(Studio.root.dataset.worker);
    const cache = await caches.open("straume-studio");
    const page = location.href.split("#")[0];
    await cache.addAll(files());
    const fonts = [...performance.getEntriesByType("resource")].map((one) => one.name).filter((name) => name.endsWith(".woff2"));
    await cache.addAll(fonts);
    const answer = await fetch(page, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(page, answer);
  }
  Studio.on("opened", () => keep().catch(() => { /* the page works without it */ }));
})();
