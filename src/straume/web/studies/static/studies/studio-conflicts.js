// Two people wrote different things without seeing each other: both stand here until somebody chooses.
(() => {
  if (!window.Studio) return;
  const { root, words } = Studio;
  const section = root.querySelector("[data-conflicts]");
  const list = root.querySelector("[data-conflict-list]");
  let shown = "";

  function nameOf(element) {
    const at = Studio.steps().indexOf(element) + 1;
    return at ? Studio.fill(words.named, { n: at, name: Studio.value(element, "step") }) : words.fields.text;
  }

  function choice(conflict, value, label) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: label });
    button.addEventListener("click", () => {
      Studio.write([{ element: conflict.element, field: conflict.field, value, always: true }]);
      Studio.inputOf(conflict.element, conflict.field)?.focus();
    });
    return button;
  }

  function choices(conflict) {
    const values = [conflict.stands, ...conflict.others];
    if (conflict.field !== "place") {
      const buttons = values.map((value) => choice(conflict, value, value ? Studio.fill(words.take, { value: Studio.shown(conflict.field, value) }) : words.empty));
      const third = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words.third });
      third.addEventListener("click", () => Studio.openField(conflict.element, conflict.field));
      return conflict.element === Studio.WHOLE || !Studio.inputOf(conflict.element, conflict.field) ? buttons : [...buttons, third];
    }
    const others = Studio.steps().filter((id) => id !== conflict.element).map(Studio.place);
    const stays = values.filter(Boolean);
    const numbered = (place) => Studio.fill(words.as_number, { n: others.filter((one) => one < place).length + 1 });
    return values.map((value) => choice(conflict, value, value ? (stays.length > 1 ? numbered(value) : words.keep) : words.take_out));
  }

  function told(conflict) {
    const step = nameOf(conflict.element);
    const field = words.fields[conflict.field];
    if (conflict.field !== "place") return Studio.fill(words.conflict, { step, field });
    const removed = [conflict.stands, ...conflict.others].includes("");
    return Studio.fill(removed ? words.conflict_removed : words.conflict_place, { step });
  }

  function render(fresh) {
    const conflicts = Studio.conflicts();
    const now = JSON.stringify([conflicts, conflicts.map((one) => nameOf(one.element))]);
    if (now === shown) return;
    shown = now;
    section.hidden = !conflicts.length;
    list.replaceChildren(...conflicts.map((conflict) => {
      const item = document.createElement("li");
      const text = Object.assign(document.createElement("p"), { textContent: told(conflict) });
      const actions = Object.assign(document.createElement("div"), { className: "actions" });
      actions.append(...choices(conflict));
      item.append(text, actions);
      return item;
    }));
    for (const row of root.querySelectorAll("[data-row]")) row.classList.toggle("in-conflict", conflicts.some((one) => one.element === row.dataset.step));
    if (fresh) Studio.say(words.new_conflict);
  }
  Studio.on("told", ({ fresh }) => render(fresh));
  Studio.on("rendered", () => render(false));
})();
