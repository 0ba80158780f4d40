// Measures the rows as they stand, while people type; the server reads them, as it reads every step table.
(() => {
  if (!window.Studio) return;
  const { root, words } = Studio;
  const drawn = document.querySelector("[data-drawn]");
  const PAUSE = 100; // ms after a key
  let timer;
  let asked; // the question that is under way
  let cells = {};

  const value = (input) => (input.type === "checkbox" ? (input.checked ? "x" : "") : input.value.trim());

  function rows() {
    const whole = Object.fromEntries([...root.querySelectorAll("[data-whole]")].map((one) => [one.dataset.whole, value(one)]));
    const steps = Studio.steps().map((id) => {
      const inputs = [...Studio.rowOf(id).querySelectorAll("[data-field]")];
      return { id, ...Object.fromEntries(inputs.map((one) => [one.dataset.field, value(one)])) };
    });
    return { steps, map: whole };
  }

  async function measure() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(root.dataset.measure, {
        method: "POST", credentials: "same-origin", redirect: "manual", signal: mine.signal,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(rows()),
      });
      if (!answer.ok) return;
      const told = await answer.json();
      ({ cells } = told);
      show(told.html);
    } catch { /* no connection: the figures stay as they were, the line of state says so */ }
  }

  function show(html) {
    const left = drawn.querySelector(".map-drawn")?.scrollLeft || 0;
    drawn.innerHTML = html;
    const picture = drawn.querySelector(".map-drawn");
    if (picture) picture.scrollLeft = left;
    besideFields();
    Studio.emit("measured");
  }

  // what is wrong is said hard only where nobody is typing
  function besideFields() {
    for (const id of Studio.steps()) {
      for (const told of Studio.rowOf(id).querySelectorAll("[data-told]")) {
        const said = (cells[id] || {})[told.dataset.told] || {};
        const input = Studio.inputOf(id, told.dataset.told);
        const wrong = Boolean(said.problem) && document.activeElement !== input;
        const text = said.problem ? (wrong ? said.problem : words.not_understood) : said.told || "";
        if (told.textContent !== text) told.textContent = text;
        told.classList.toggle("is-wrong", wrong);
        if (wrong) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
        const more = told.closest("[data-more]");
        if (wrong && more?.hidden) { more.hidden = false; Studio.rowOf(id).querySelector("[data-do=more]").setAttribute("aria-expanded", "true"); }
      }
    }
  }

  const soon = () => { clearTimeout(timer); timer = setTimeout(measure, PAUSE); };
  for (const what of ["typed", "written", "told", "opened"]) Studio.on(what, soon);
  root.addEventListener("focusout", () => setTimeout(besideFields, 0));
})();
