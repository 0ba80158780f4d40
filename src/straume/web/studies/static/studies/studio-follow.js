// Looks on: asks every second whether the map has changed, and shows it; slower while nobody looks.
(() => {
  const drawn = document.querySelector("[data-follow]");
  if (!drawn) return;
  const stage = document.querySelector("[data-stage]");
  const EVERY = 1000;
  const HIDDEN = 15000;
  let failures = 0;
  let timer;

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await fetch(`${drawn.dataset.follow}?after=${drawn.dataset.number}`, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error();
      failures = 0;
      const told = await answer.json();
      if (told.html !== undefined) {
        const left = drawn.querySelector(".map-drawn")?.scrollLeft || 0;
        drawn.innerHTML = told.html;
        drawn.dataset.number = told.number;
        if (stage) stage.textContent = told.stage;
        const picture = drawn.querySelector(".map-drawn");
        if (picture) picture.scrollLeft = left;
      }
    } catch { failures += 1; }
    const calm = document.hidden ? HIDDEN : EVERY;
    timer = setTimeout(look, failures ? Math.min(HIDDEN, calm * 2 ** Math.min(failures, 4)) : calm);
    return undefined;
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  timer = setTimeout(look, EVERY);
})();
