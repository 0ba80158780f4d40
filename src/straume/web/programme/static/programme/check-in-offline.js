// Keeps the page and its files on this phone, so that a reload without a connection goes on; forgets them afterwards.
(() => {
  if (!window.CheckIn || !("serviceWorker" in navigator)) return;
  const KEPT = "straume-check-in";
  const page = location.href.split("#")[0];

  function files() {
    const named = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")].map((one) => one.src || one.href);
    const fonts = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".woff2"));
    return [...new Set([...named, ...fonts, new URL(CheckIn.root.dataset.decoder, page).href])];
  }

  async function keep() {
    await navigator.serviceWorker.register(CheckIn.root.dataset.worker);
    const cache = await caches.open(KEPT);
    await cache.addAll(files());
    const answer = await fetch(page, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(page, answer);
    CheckIn.root.dataset.kept = "yes";
  }

  async function forget() {
    await (await caches.open(KEPT)).delete(page);
    await CheckIn.forget();
  }

  if (!CheckIn.state().over) keep().catch(() => { /* the page works without it */ });
  CheckIn.on("told", () => { if (CheckIn.state().over && !CheckIn.queue().length) forget().catch(() => {}); });
})();
