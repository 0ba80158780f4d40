// Where a step stands is a key that sorts: between any two there is room for another.
(() => {
  if (!window.Studio) return;
  const FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz";
  const figure = (text, at) => FIGURES.indexOf(text[at]);

  function middle(low, high) {
    let key = "";
    for (let at = 0; ; at += 1) {
      const from = at < low.length ? figure(low, at) : 0;
      const to = high && at < high.length ? figure(high, at) : 36;
      if (to - from > 1) return key + FIGURES[Math.floor((from + to) / 2)];
      key += FIGURES[from];
      if (from < to) high = ""; // from here on anything is below it
    }
  }

  // two people who put a step into the same gap get different keys
  const chance = () => FIGURES[1 + Math.floor(Math.random() * 35)] + FIGURES[1 + Math.floor(Math.random() * 35)];
  const between = (low, high) => (high && low >= high ? low : middle(low, high)) + chance();

  // a place after the step `id` (null: before the first), leaving out the step that moves
  Studio.placeAfter = (id, moving = null) => {
    const steps = Studio.steps().filter((one) => one !== moving);
    const at = id === null ? -1 : steps.indexOf(id);
    const low = at >= 0 ? Studio.place(steps[at]) : "";
    const high = at + 1 < steps.length ? Studio.place(steps[at + 1]) : "";
    return between(low, high);
  };
  Studio.placeOfBurst = (step) => {
    const bursts = Studio.bursts(step);
    return between(bursts.length ? Studio.value(bursts[bursts.length - 1], "place") : "", "");
  };
})();
