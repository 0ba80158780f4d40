// Kaizen bursts: ideas on a step, written where the step is.
(() => {
  if (!window.Studio) return;
  const { root } = Studio;
  const template = root.querySelector("[data-burst-template]");
  const typing = new Map();

  function render() {
    for (const id of Studio.steps()) {
      const row = Studio.rowOf(id);
      const list = row?.querySelector("[data-bursts]");
      if (!list) continue;
      const bursts = Studio.bursts(id);
      const shown = new Map([...list.children].map((item) => [item.dataset.burst, item]));
      for (const [burst, item] of shown) if (!bursts.includes(burst)) item.remove();
      for (const burst of bursts) {
        let item = shown.get(burst);
        if (!item) { item = template.content.firstElementChild.cloneNode(true); item.dataset.burst = burst; list.append(item); }
        const input = item.querySelector("input");
        const text = Studio.value(burst, "text");
        if (!typing.has(input) && input.value !== text) input.value = text;
      }
      row.classList.toggle("has-bursts", Boolean(bursts.length));
    }
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do=burst], [data-do=unburst]");
    if (!button) return;
    const step = Studio.stepAt(button);
    if (button.dataset.do === "unburst") return void Studio.write([{ element: button.closest("[data-burst]").dataset.burst, field: "place", value: "" }]);
    Studio.commitAll();
    const burst = Studio.uuid();
    if (Studio.isDraft(step)) Studio.write([{ element: step, field: "place", value: Studio.place(step) }]);
    Studio.write([
      { element: burst, field: "place", value: Studio.placeOfBurst(step) },
      { element: burst, field: "burst_of", value: step },
    ]);
    button.closest("[data-more]").querySelector(`[data-burst="${burst}"] input`).focus();
  });
  root.addEventListener("input", (event) => {
    const input = event.target.closest("[data-bursts] input");
    if (input && !typing.has(input)) typing.set(input, Studio.number());
  });
  root.addEventListener("change", (event) => {
    const input = event.target.closest("[data-bursts] input");
    if (!input) return;
    const base = typing.get(input);
    typing.delete(input);
    Studio.write([{ element: input.closest("li").dataset.burst, field: "text", value: input.value.trim(), base }]);
  });
  Studio.on("rendered", render);
})();
