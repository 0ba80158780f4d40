// The rows of the map: drawn from what is known, written back when a field is left.
(() => {
  if (!window.Studio) return;
  const { root, words } = Studio;
  const list = root.querySelector("[data-rows]");
  const template = root.querySelector("[data-row-template]");
  const rows = new Map(); // step → its <li>
  const touched = new Map(); // input in which somebody types → number of the last edit seen when that began
  const unwritten = new Set(); // of these, where something was typed since it was written last
  const PAUSE = 2000; // of typing, after which a field is written without being left

  Studio.rowOf = (id) => rows.get(id);
  Studio.stepAt = (element) => element.closest("[data-row]")?.dataset.step;
  Studio.inputOf = (id, field) => rows.get(id)?.querySelector(`[data-field="${field}"]`);
  Studio.isTyping = (input) => unwritten.has(input);
  const read = (input) => (input.type === "checkbox" ? (input.checked ? "x" : "") : input.value);
  const show = (input, value) => { if (input.type === "checkbox") input.checked = Boolean(value); else if (input.value !== value) input.value = value; };

  function make(id) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.step = id;
    for (const told of row.querySelectorAll("[data-told]")) {
      told.id = `told-${id}-${told.dataset.told}`;
      row.querySelector(`[data-field="${told.dataset.told}"]`).setAttribute("aria-describedby", told.id);
    }
    const more = row.querySelector("[data-more]");
    more.id = `more-${id}`;
    row.querySelector("[data-do=more]").setAttribute("aria-controls", more.id);
    rows.set(id, row);
    return row;
  }

  Studio.render = () => {
    const steps = Studio.steps();
    const focused = document.activeElement;
    for (const [id, row] of rows) if (!steps.includes(id)) { row.remove(); rows.delete(id); }
    steps.forEach((id, at) => {
      const row = rows.get(id) || make(id);
      if (list.children[at] !== row) list.insertBefore(row, list.children[at] || null);
      const name = Studio.value(id, "step");
      row.querySelector(".map-number").textContent = at + 1;
      row.firstElementChild.setAttribute("aria-label", Studio.fill(name ? words.named : words.step, { n: at + 1, name }));
      for (const input of row.querySelectorAll("[data-field]")) {
        if (!touched.has(input)) show(input, Studio.shown(input.dataset.field, Studio.value(id, input.dataset.field)));
      }
    });
    for (const input of root.querySelectorAll("[data-whole]")) if (!touched.has(input)) show(input, Studio.value(Studio.WHOLE, input.dataset.whole));
    if (focused && focused !== document.activeElement && root.contains(focused)) focused.focus();
    offerLanes(steps);
    Studio.emit("rendered");
  };

  // an empty row that waited for the first step is in the way once somebody else has written it
  function dropEmptyRows() {
    const steps = Studio.steps();
    const empty = steps.filter((id) => Studio.isDraft(id) && !rows.get(id)?.contains(document.activeElement));
    if (empty.length < steps.length) empty.forEach(Studio.dropDraft);
  }

  function offerLanes(steps) {
    const known = new Set(steps.flatMap((id) => [Studio.value(id, "lane"), Studio.value(id, "unit")]).filter(Boolean));
    const offered = document.getElementById("map-lanes");
    if (known.size === offered.children.length) return;
    offered.replaceChildren(...[...known].map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  Studio.commit = (input) => {
    if (!unwritten.delete(input)) return;
    const whole = input.dataset.whole;
    const element = whole ? Studio.WHOLE : Studio.stepAt(input);
    const field = whole || input.dataset.field;
    if (element) Studio.write([{ element, field, value: Studio.typed(field, read(input)), base: touched.get(input) }]);
  };
  Studio.commitAll = () => [...unwritten].forEach(Studio.commit);

  let pause;
  root.addEventListener("input", (event) => {
    const input = event.target.closest("[data-field], [data-whole]");
    if (!input) return;
    if (!touched.has(input)) touched.set(input, Studio.number());
    unwritten.add(input);
    clearTimeout(pause);
    pause = setTimeout(Studio.commitAll, PAUSE);
    Studio.emit("typed");
  });
  function leave(event) {
    const input = event.target.closest("[data-field], [data-whole]");
    if (!touched.has(input)) return;
    Studio.commit(input);
    touched.delete(input);
    Studio.render();
  }
  root.addEventListener("change", leave);
  root.addEventListener("focusout", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) Studio.commitAll(); });
  window.addEventListener("pagehide", Studio.commitAll);
  Studio.on("written", Studio.render);
  Studio.on("told", () => { dropEmptyRows(); Studio.render(); });
  Studio.ready.then(() => {
    if (!Studio.steps().length) Studio.draft(Studio.placeAfter(null));
    Studio.render();
    Studio.emit("opened");
  });
})();
