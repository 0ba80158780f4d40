// Answers for the check-in where there is no connection, from what check-in-offline.js kept. Everything else goes past it.
const KEPT = "straume-check-in";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === self.location.origin && request.method === "GET";
  const asked = request.mode === "navigate" ? /\/check-in\/\d+\/$/.test(url.pathname) : ["script", "style", "font", "image"].includes(request.destination);
  if (!ours || !asked) return;
  event.respondWith(fetch(request).catch(async () => (await (await caches.open(KEPT)).match(url.href.split("#")[0])) || Response.error()));
});
