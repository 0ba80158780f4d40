// Rows of the step table: add, remove, move without a round trip. The same buttons work without this file.
(() => {
  const form = document.querySelector("[data-steps]");
  if (!form) return;
  const list = form.querySelector("[data-steps-list]");
  const template = form.querySelector("[data-steps-template]");
  const status = form.querySelector("[data-steps-status]");
  const rows = () => [...list.querySelectorAll("[data-step]")];
  let next = rows().length + 1;

  const say = (what) => { status.textContent = status.dataset[what]; };

  function renumber() {
    rows().forEach((row, at) => {
      const legend = row.querySelector("[data-step-legend]");
      legend.textContent = legend.dataset.pattern.replace("{n}", at + 1);
      row.querySelectorAll("[data-do]").forEach((button) => { button.value = `${button.dataset.do}:${at + 1}`; });
    });
  }

  function add(after) {
    const row = template.content.firstElementChild.cloneNode(true);
    const name = `row-${next++}-`;
    for (const attribute of ["id", "name", "for", "aria-describedby"]) {
      row.querySelectorAll(`[${attribute}*="row-0-"]`).forEach((element) => {
        element.setAttribute(attribute, element.getAttribute(attribute).replaceAll("row-0-", name));
      });
    }
    if (after) after.after(row); else list.append(row);
    renumber();
    row.querySelector("input").focus();
    say("added");
  }

  function remove(row) {
    const other = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    if (!rows().length) return add();
    renumber();
    other.querySelector("input").focus();
    say("removed");
  }

  function move(row, verb, focused) {
    const other = verb === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (verb === "up") other.before(row); else other.after(row);
    renumber();
    focused.focus();
    say("moved");
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-step]");
    if (button.dataset.do === "add") add();
    else if (button.dataset.do === "remove") remove(row);
    else move(row, button.dataset.do, button);
  });

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-step]");
    if (!row) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(row, event.key === "ArrowUp" ? "up" : "down", event.target);
    } else if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      add(row);
    }
  });
})();
