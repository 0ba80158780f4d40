// Hides what the chosen verdict does not ask for; without this file every field is shown.
(() => {
  const form = document.querySelector("[data-verdict]");
  if (!form) return;
  function show() {
    form.querySelectorAll("[data-when]").forEach((part) => {
      const chosen = form.elements[part.dataset.when].value;
      const fits = part.dataset.is ? chosen === part.dataset.is : chosen !== "" && chosen !== part.dataset.isNot;
      part.hidden = !fits;
    });
  }
  form.addEventListener("change", show);
  show();
})();
