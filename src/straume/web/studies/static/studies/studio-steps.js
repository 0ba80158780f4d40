// What people do with steps: add, move, take out, open; by button and by key.
(() => {
  if (!window.Studio) return;
  const { root, words } = Studio;
  const said = root.querySelector("[data-said]");
  const keys = root.querySelector("[data-keys]");
  Studio.say = (text) => { said.textContent = text; };
  const focus = (id, field = "step") => Studio.inputOf(id, field)?.focus();

  function add(after) {
    Studio.commitAll();
    const steps = Studio.steps();
    const id = Studio.draft(Studio.placeAfter(after ?? (steps.length ? steps[steps.length - 1] : null)));
    Studio.render();
    focus(id);
    Studio.say(words.added);
  }

  function next(id) {
    Studio.commitAll();
    const steps = Studio.steps();
    const at = steps.indexOf(id);
    if (at + 1 < steps.length) focus(steps[at + 1]);
    else if (!Studio.isDraft(id)) add(id);
  }

  function move(id, by, focused) {
    Studio.commitAll();
    const steps = Studio.steps();
    const at = steps.indexOf(id) + by;
    if (at < 0 || at >= steps.length) return;
    const others = steps.filter((one) => one !== id);
    const place = Studio.placeAfter(at ? others[at - 1] : null, id);
    if (Studio.isDraft(id)) { Studio.moveDraft(id, place); Studio.render(); } else Studio.write([{ element: id, field: "place", value: place }]);
    focused?.focus();
    Studio.say(Studio.fill(words.moved, { n: at + 1 }));
  }

  function remove(id) {
    Studio.commitAll();
    const steps = Studio.steps();
    const neighbour = steps[steps.indexOf(id) + 1] || steps[steps.indexOf(id) - 1];
    if (Studio.isDraft(id)) { Studio.dropDraft(id); Studio.render(); } else Studio.write([{ element: id, field: "place", value: "" }]);
    if (neighbour) focus(neighbour); else add(null);
    Studio.say(words.removed);
  }

  function open(row, wanted) {
    const more = row.querySelector("[data-more]");
    more.hidden = wanted === undefined ? !more.hidden : !wanted;
    row.querySelector("[data-do=more]").setAttribute("aria-expanded", String(!more.hidden));
    if (!more.hidden) more.querySelector("[data-field]").focus();
  }
  Studio.openField = (id, field) => {
    const input = Studio.inputOf(id, field);
    if (!input) return;
    if (input.closest("[data-more]")) open(Studio.rowOf(id), true);
    input.focus();
  };

  const deeds = {
    add: () => add(),
    keys: () => keys.showModal(),
    undo: () => Studio.undo(),
    redo: () => Studio.redo(),
    more: (id) => open(Studio.rowOf(id)),
    up: (id, button) => move(id, -1, button),
    down: (id, button) => move(id, 1, button),
    remove: (id) => remove(id),
  };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && deeds[button.dataset.do]) deeds[button.dataset.do](Studio.stepAt(button), button);
  });

  document.addEventListener("keydown", (event) => {
    if (keys.open) return;
    const field = event.target.closest("input, select, textarea");
    const id = Studio.stepAt(event.target);
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let deed;
    if (key === "F1" || (key === "?" && !field)) deed = () => keys.showModal();
    else if (ctrl && key === "z" && !Studio.isTyping(field)) deed = event.shiftKey ? Studio.redo : Studio.undo;
    else if (ctrl && key === "y") deed = Studio.redo;
    else if (!id) return;
    else if (key === "Enter" && ctrl) deed = () => add(id);
    else if (key === "Enter" && field && !event.target.closest("[data-bursts]")) deed = () => next(id);
    else if (event.altKey && key === "ArrowUp") deed = () => move(id, -1, event.target);
    else if (event.altKey && key === "ArrowDown") deed = () => move(id, 1, event.target);
    else if (event.altKey && key === "m") deed = () => open(Studio.rowOf(id));
    else if (event.altKey && key === "Delete") deed = () => remove(id);
    if (!deed) return;
    event.preventDefault();
    deed();
  });
})();
