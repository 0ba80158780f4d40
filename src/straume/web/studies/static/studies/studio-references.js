// "Goes to" keeps steps by who they are and shows them by number, so that moving a step sends no case astray.
(() => {
  if (!window.Studio) return;
  const KEPT = /\{([0-9a-f-]{36})\}/g;
  const NUMBER = /(?<![\d.,])(\d{1,3})(?![\d.,]*\s*%|\d)/g; // not a share: "3 60 %" is step 3

  Studio.shown = (field, value) => {
    if (field !== "goes_to") return value;
    const steps = Studio.steps();
    return value.replace(KEPT, (whole, id) => (steps.includes(id) ? String(steps.indexOf(id) + 1) : "?"));
  };
  Studio.typed = (field, text) => {
    if (field !== "goes_to") return text.trim();
    const steps = Studio.steps();
    return text.trim().replace(NUMBER, (whole, number) => (steps[number - 1] ? `{${steps[number - 1]}}` : whole));
  };
})();
