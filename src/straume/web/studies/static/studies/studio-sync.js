// Sends what was written, asks what others wrote, and says how it stands; without a connection it waits and keeps.
(() => {
  if (!window.Studio) return;
  const { root, words } = Studio;
  const saved = root.querySelector("[data-saved]");
  const EVERY = 1000; // ms between questions
  const HIDDEN = 15000; // while nobody looks at the tab
  const LONGEST = 8000; // between two tries without a connection
  const AT_ONCE = 200; // edits in one message
  let failures = 0;
  let timer;
  let busy = false;
  let refused = ""; // why the server takes nothing from us

  function say(state) {
    const text = { offline: Studio.queue().length ? words.offline : words.offline_none }[state] || words[state];
    saved.textContent = Studio.fill(text, { n: Studio.queue().length });
    saved.dataset.state = state;
  }

  async function ask() {
    const after = Studio.number();
    const edits = refused ? [] : Studio.queue().slice(0, AT_ONCE);
    const url = root.dataset.edits;
    const options = { credentials: "same-origin", redirect: "manual", cache: "no-store" };
    if (!edits.length) return [await fetch(`${url}?after=${after}`, options), []];
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = JSON.stringify({ client: Studio.client, after, edits });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return [await fetch(url, { ...options, method: "POST", body, headers }), edits.map((edit) => edit.key)];
  }

  async function freshToken() { // after signing in again the old one is of no use
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const token = page.querySelector("[data-studio] [name=csrfmiddlewaretoken]");
    if (token) root.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    return Boolean(token);
  }

  async function round() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      if (Studio.queue().length && !refused) say("saving");
      const [answer, keys] = await ask();
      if (answer.type === "opaqueredirect" || answer.status === 404) throw new Error("signed_out");
      if (answer.status === 403) { if (!(await freshToken())) throw new Error("signed_out"); throw new Error("saving"); }
      if (answer.status === 409 || answer.status === 400) { refused = answer.status === 409 ? "locked" : "refused"; throw new Error(refused); }
      if (!answer.ok) throw new Error("offline");
      failures = 0;
      const told = await answer.json();
      if (told.locked && !Studio.queue().length) return void location.reload(); // locked meanwhile: nothing is left to send
      if (told.locked) refused = "locked";
      Studio.take(told, keys);
      say(refused || (Studio.queue().length ? "saving" : "saved"));
    } catch (fault) {
      failures += 1;
      say(["signed_out", "locked", "refused", "saving"].includes(fault.message) ? fault.message : "offline");
    }
    busy = false;
    plan();
  }

  function plan() {
    clearTimeout(timer);
    const calm = document.hidden ? HIDDEN : EVERY;
    const wait = failures ? Math.min(LONGEST, EVERY * 2 ** Math.min(failures - 1, 4)) : Studio.queue().length && !refused ? 0 : calm;
    timer = setTimeout(round, wait);
  }

  Studio.on("written", () => { say(failures ? saved.dataset.state : "saving"); if (!failures) plan(); });
  Studio.on("opened", round);
  window.addEventListener("online", round);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
})();
