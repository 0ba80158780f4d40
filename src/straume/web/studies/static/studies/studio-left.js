// A map was locked before this browser could send everything: what was not taken is shown, so that nothing is lost.
(() => {
  const section = document.querySelector("[data-left]");
  if (!section) return;
  const words = JSON.parse(document.getElementById("left-words").textContent);
  const KEY = `straume:map:${section.dataset.left}:queue:`;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(KEY));
  const edits = names.flatMap((name) => JSON.parse(localStorage.getItem(name)) || []);
  const told = edits.filter((edit) => words[edit.field] && edit.field !== "place" && edit.value);
  if (!told.length) return;
  section.hidden = false;
  section.querySelector("ul").append(...told.map((edit) => Object.assign(document.createElement("li"), { textContent: `${words[edit.field]}: ${edit.value}` })));
  section.querySelector("button").addEventListener("click", () => {
    names.forEach((name) => localStorage.removeItem(name));
    section.hidden = true;
  });
})();
