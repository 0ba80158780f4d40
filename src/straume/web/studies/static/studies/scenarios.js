// Shows the figure of a slider while it moves; the button is for browsers in which nothing answers by itself.
(() => {
  const form = document.querySelector("[data-what-if]");
  if (!form) return;
  form.addEventListener("input", (event) => {
    const output = event.target.type === "range" && event.target.parentElement.querySelector("[data-output]");
    if (output) output.textContent = Number(event.target.value).toLocaleString(document.documentElement.lang);
  });
  form.querySelector("[data-try]").hidden = true;
})();
