// Undo and redo without end: each is one more edit, with the value from before; kept for a reload.
(() => {
  if (!window.Studio) return;
  const { words } = Studio;
  let done = [];
  let undone = [];
  const MOST_KEPT = 2000;
  const keep = () => Studio.keep("undo", { done: done.slice(-MOST_KEPT), undone });
  const plain = (group) => group.map(({ element, field, before, value }) => ({ element, field, before, value }));

  Studio.on("done", (group) => { done.push(plain(group)); undone = []; keep(); });

  function turn(from, to, give, expect, said, nothing) {
    Studio.commitAll();
    const group = from.pop();
    if (!group) return Studio.say(nothing);
    const ours = group.filter((one) => Studio.value(one.element, one.field) === one[expect]);
    const changes = ours.map((one) => ({ element: one.element, field: one.field, value: one[give] }));
    if (give === "before") changes.reverse();
    Studio.write(changes, { undoable: false });
    if (ours.length) to.push(ours);
    keep();
    return Studio.say(ours.length < group.length ? words.changed_since : said);
  }
  Studio.undo = () => turn(done, undone, "before", "value", words.undone, words.nothing_to_undo);
  Studio.redo = () => turn(undone, done, "value", "before", words.redone, words.nothing_to_redo);

  Studio.ready.then(() => {
    const kept = Studio.load("undo");
    if (kept) ({ done, undone } = kept);
  });
})();
