// Keeps the page and its files in this browser, so that a reload without a connection goes on.
(() => {
  if (!window.Studio || !("serviceWorker" in navigator)) return;

  function files() {
    const named = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")].map((one) => one.src || one.href);
    const fonts = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".woff2"));
    return [...new Set([...named, ...fonts])];
  }

  async function keep() {
    await navigator.serviceWorker.register(Studio.root.dataset.worker);
    const cache = await caches.open("straume-studio");
    await cache.addAll(files());
    const page = location.href.split("#")[0];
    const answer = await fetch(page, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(page, answer);
  }
  Studio.on("opened", () => keep().catch(() => { /* the page works without it */ }));
})();
