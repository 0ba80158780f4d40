// Shows the figure of a slider while it moves; the button is for browsers in which nothing answers by itself.
(() => {
  const form = document.querySelector("[data-what-if]");
  if (!form) return;
  form.addEventListener("input", (event) => {
    const output = event.target.type === "range" && event.target.parentElement.querySelector("[data-output]");
    if (output) output.textContent = Number(event.target.value).toLocaleString(document.documentElement.lang);
  });
  form.querySelector("[data-try]").hidden = true;
  // who was quicker than this script, or came back to a filled-in form, gets the answer too
  window.addEventListener("load", () => {
    const moved = (one) => one.checked !== one.defaultChecked || (one.type === "range" && Number(one.value) !== Number(one.defaultValue));
    const first = [...form.querySelectorAll("[type=checkbox], [type=range]")].find(moved);
    first?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Enter in the name saves; otherwise the first button of the form, which computes, would be pressed
  document.querySelector("input[form=what-if]")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    document.querySelector("button[name=save]").click();
  });
})();
