// Shows the fields that fit what one row of the table is; without this file all of them are shown.
(() => {
  const form = document.querySelector("[data-columns]");
  if (!form) return;
  const part = (role) => form.querySelector(`[data-role="${role}"]`);
  function show() {
    const wide = form.elements.layout.value === "wide";
    for (const role of ["activity", "start", "end"]) part(role).hidden = wide;
    part("steps").hidden = !wide;
  }
  form.addEventListener("change", show);
  show();
})();
