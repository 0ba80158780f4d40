// A board on the wall shows what stands there now: it is fetched again every minute.
const wall = document.querySelector("[data-refresh]");
if (wall) {
  setInterval(async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh]");
      if (fresh && fresh.innerHTML !== wall.innerHTML) wall.replaceChildren(...fresh.childNodes);
    } catch {
      // without a connection the last board stays; the next minute tries again
    }
  }, Number(wall.dataset.refresh) * 1000);
}
