// Shows a question when the answers above lead to it, and hides it when they do not.
import { holds } from "./relevance.js";

const form = document.querySelector("[data-answers]");

function answersNow() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith("q-") || typeof value !== "string" || value.trim() === "") continue;
    const [item, part] = name.slice(2).split("--");
    if (part !== undefined) (found[item] ??= []).push([Number(value), part]);
    else found[item] = item in found ? `${found[item]} ${value.trim()}` : value.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2");
  }
  for (const [item, places] of Object.entries(found)) {
    if (Array.isArray(places)) found[item] = places.sort((a, b) => a[0] - b[0]).map((place) => place[1]).join(" ");
  }
  return found;
}

function showWhatIsAsked() {
  const answers = answersNow();
  for (const part of form.querySelectorAll("[data-rule]")) {
    const isAsked = holds(JSON.parse(part.dataset.rule), answers);
    part.hidden = !isAsked;
    if (!isAsked) delete answers[part.dataset.item]; // what is not asked leads to nothing further
  }
}

if (form) {
  form.addEventListener("input", showWhatIsAsked);
  window.addEventListener("pageshow", showWhatIsAsked);
  showWhatIsAsked();
  document.querySelector("[data-focus]")?.focus();
}
