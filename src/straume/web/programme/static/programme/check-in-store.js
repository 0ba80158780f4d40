// What this phone knows: who has a place, who is here, and what it noted that the server has not confirmed yet.
(() => {
  const root = document.querySelector("[data-check-in]");
  if (!root) return;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const ACTIVITY = Number(root.dataset.activity);
  let server = read("check-in-state"); // {at, over, sessions, people, here, walk_ins}
  let queue = []; // noted here, not confirmed: {key, activity, session, registration | name, institution, how, at}
  let refused = []; // noted here, not taken: the same with {state}
  let database = null;

  const CheckIn = (window.CheckIn = { root, words: read("check-in-words") });
  CheckIn.emit = (name, detail) => document.dispatchEvent(new CustomEvent(`check-in:${name}`, { detail }));
  CheckIn.on = (name, run) => document.addEventListener(`check-in:${name}`, (event) => run(event.detail));
  CheckIn.fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  CheckIn.state = () => server;
  CheckIn.queue = () => queue;
  CheckIn.refused = () => refused;
  CheckIn.uuid = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  function open() {
    return new Promise((done, fail) => {
      const asked = indexedDB.open("straume-check-in", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("queue", { keyPath: "key" });
        asked.result.createObjectStore("state", { keyPath: "activity" });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }

  const inStore = (store, mode, run) => new Promise((done, fail) => {
    const doing = database.transaction(store, mode);
    const asked = run(doing.objectStore(store));
    doing.oncomplete = () => done(asked && asked.result);
    doing.onerror = () => fail(doing.error);
    doing.onabort = () => fail(doing.error);
  });

  async function load() {
    database = await open();
    const kept = await inStore("state", "readonly", (store) => store.get(ACTIVITY));
    if (kept && kept.state.at > server.at) server = kept.state; // the page came from this phone's memory
    const all = await inStore("queue", "readonly", (store) => store.getAll());
    const known = new Set([...queue, ...refused].map((entry) => entry.key));
    const fresh = all.filter((entry) => entry.activity === ACTIVITY && !known.has(entry.key));
    queue.push(...fresh.filter((entry) => !entry.state));
    refused.push(...fresh.filter((entry) => entry.state));
  }
  CheckIn.ready = load().catch(() => CheckIn.emit("forgetful")); // no memory in this browser: it needs a connection

  // another window of this phone may have noted something: what is kept is read again before it is sent
  CheckIn.again = async () => { if (database) await load().catch(() => {}); };

  CheckIn.isHere = (session, registration) => {
    const noted = queue.find((entry) => entry.session === session && entry.registration === registration);
    if (noted) return { at: noted.at, sent: false };
    const at = (server.here[session] || {})[registration];
    return at ? { at, sent: true } : null;
  };

  // note({session, registration, how} or {session, name, institution}): true once this phone keeps it
  CheckIn.note = async (what) => {
    const entry = { key: CheckIn.uuid(), activity: ACTIVITY, at: new Date().toISOString(), ...what };
    queue.push(entry);
    CheckIn.emit("noted", entry);
    if (database) {
      try { await inStore("queue", "readwrite", (store) => store.put(entry)); } catch { CheckIn.emit("forgetful"); }
    }
    CheckIn.emit("kept", entry);
  };

  // the server's answer: which of ours it has, which it did not take and why, and how all stands now
  CheckIn.take = async (answer) => {
    const states = new Map(answer.results.map((one) => [one.key, one.state]));
    const settled = queue.filter((entry) => states.has(entry.key));
    const not = settled.filter((entry) => !["in", "already"].includes(states.get(entry.key)));
    not.forEach((entry) => { entry.state = states.get(entry.key); });
    queue = queue.filter((entry) => !states.has(entry.key));
    refused.push(...not);
    server = answer.state;
    if (database) {
      await inStore("state", "readwrite", (store) => store.put({ activity: ACTIVITY, state: server }));
      await inStore("queue", "readwrite", (store) => {
        settled.forEach((entry) => (entry.state ? store.put(entry) : store.delete(entry.key)));
      });
    }
    CheckIn.emit("told");
  };

  CheckIn.dismiss = async (key) => {
    refused = refused.filter((entry) => entry.key !== key);
    if (database) await inStore("queue", "readwrite", (store) => store.delete(key));
    CheckIn.emit("told");
  };

  CheckIn.forget = async () => { // the activity is over and everything is sent: no names stay on this phone
    if (database) await inStore("state", "readwrite", (store) => store.delete(ACTIVITY));
  };
})();
