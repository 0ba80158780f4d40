// What this browser knows of the map: what the server said, what was not sent yet, and both kept for a reload.
(() => {
  const root = document.querySelector("[data-studio]");
  if (!root) return;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const KEY = `straume:map:${root.dataset.map}`;
  const WHOLE = "00000000-0000-0000-0000-000000000000";
  let server = read("studio-state"); // {number, elements, conflicts}
  let queue = []; // edits that the server has not confirmed
  const drafts = new Map(); // rows in which nothing was typed yet: id → place

  const Studio = (window.Studio = { root, WHOLE, words: read("studio-words"), client: "" });

  const load = (name) => { try { return JSON.parse(localStorage.getItem(`${KEY}:${name}`)); } catch { return null; } };
  const keep = (name, what) => { try { localStorage.setItem(`${KEY}:${name}`, JSON.stringify(what)); } catch { /* full or not allowed: the page works on */ } };
  Studio.load = (name) => load(`${name}:${Studio.client}`);
  Studio.keep = (name, what) => keep(`${name}:${Studio.client}`, what);
  Studio.uuid = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  Studio.emit = (name, detail) => document.dispatchEvent(new CustomEvent(`studio:${name}`, { detail }));
  Studio.on = (name, run) => document.addEventListener(`studio:${name}`, (event) => run(event.detail));
  Studio.number = () => server.number;
  Studio.queue = () => queue;
  Studio.conflicts = () => server.conflicts;
  Studio.fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  // a tab that was closed without a connection left its edits behind: whoever opens the map next sends them
  async function claim(id) {
    if (!navigator.locks) return true;
    return new Promise((done) => {
      navigator.locks.request(`${KEY}:${id}`, { ifAvailable: true }, (lock) => {
        done(Boolean(lock));
        return lock && new Promise(() => {});
      });
    });
  }

  async function becomeSomebody() {
    const mine = sessionStorage.getItem(KEY);
    const left = Object.keys(localStorage).filter((name) => name.startsWith(`${KEY}:queue:`)).map((name) => name.split(":queue:")[1]);
    for (let tries = 0; mine && tries < 12; tries += 1) { // a reloaded page lets go of its name a moment later
      if (await claim(mine)) return mine;
      await new Promise((done) => { setTimeout(done, 80); });
    }
    if (navigator.locks) for (const id of left) if (await claim(id)) return id;
    const fresh = Studio.uuid();
    await claim(fresh);
    return fresh;
  }

  const scriptsAreThere = new Promise((done) => { document.addEventListener("DOMContentLoaded", done); });
  Studio.ready = Promise.all([becomeSomebody(), scriptsAreThere]).then(([id]) => {
    Studio.client = id;
    sessionStorage.setItem(KEY, id);
    const known = load("server");
    if (known && known.number > server.number) server = known;
    queue = Studio.load("queue") || [];
  });

  Studio.value = (element, field) => {
    for (let at = queue.length - 1; at >= 0; at -= 1) {
      if (queue[at].element === element && queue[at].field === field) return queue[at].value;
    }
    return (server.elements[element] || {})[field] || "";
  };

  function ids() {
    return new Set([...Object.keys(server.elements), ...queue.map((edit) => edit.element)]);
  }

  function placed(want) {
    const found = [...ids()].filter((id) => id !== WHOLE && Studio.value(id, "place") && want(id));
    return found.map((id) => [Studio.value(id, "place"), id]);
  }
  const inOrder = (pairs) => pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1)).map(([, id]) => id);

  Studio.steps = () => inOrder([...placed((id) => !Studio.value(id, "burst_of")), ...[...drafts].map(([id, place]) => [place, id])]);
  Studio.bursts = (step) => inOrder(placed((id) => Studio.value(id, "burst_of") === step));
  Studio.place = (id) => drafts.get(id) || Studio.value(id, "place");
  Studio.isDraft = (id) => drafts.has(id);
  Studio.draft = (place) => { const id = Studio.uuid(); drafts.set(id, place); return id; };
  Studio.dropDraft = (id) => drafts.delete(id);
  Studio.moveDraft = (id, place) => drafts.set(id, place);

  // write([{element, field, value, base?, always?}]): one thing that a person did; undone as one
  Studio.write = (changes, { undoable = true } = {}) => {
    const group = [];
    for (const change of changes) {
      if (drafts.has(change.element)) {
        const place = drafts.get(change.element);
        drafts.delete(change.element);
        if (change.field !== "place") group.push(push(change.element, "place", place, server.number));
      }
      const before = Studio.value(change.element, change.field);
      if (before === change.value && !change.always) continue;
      group.push(push(change.element, change.field, change.value, change.base ?? server.number));
    }
    if (!group.length) return false;
    Studio.keep("queue", queue);
    if (undoable) Studio.emit("done", group);
    Studio.emit("written");
    return true;
  };

  function push(element, field, value, base) {
    const edit = { key: Studio.uuid(), element, field, value, before: Studio.value(element, field), base };
    queue.push(edit);
    return edit;
  }

  // the server's answer: what stands on the elements that were touched, and which of ours it has
  Studio.take = (answer, sentKeys) => {
    const had = new Set(server.conflicts.map((one) => `${one.element}${one.field}`));
    const changed = answer.number !== server.number || Boolean(sentKeys.length);
    if (answer.number >= server.number) {
      server = { number: answer.number, elements: { ...server.elements, ...answer.elements }, conflicts: answer.conflicts };
    }
    const sent = new Set(sentKeys);
    queue = queue.filter((edit) => !sent.has(edit.key));
    if (sentKeys.length) Studio.keep("queue", queue);
    if (!changed) return;
    keep("server", server);
    Studio.emit("told", { fresh: answer.conflicts.some((one) => !had.has(`${one.element}${one.field}`)) });
  };
})();
