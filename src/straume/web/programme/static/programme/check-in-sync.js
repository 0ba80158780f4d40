// Sends what was noted, asks what other phones noted, and says how it stands; without a connection it waits and keeps.
(() => {
  if (!window.CheckIn) return;
  const { root, words } = CheckIn;
  const saved = root.querySelector("[data-saved]");
  const EVERY = 8000; // ms between questions
  const LONGEST = 30000; // between two tries without a connection
  const AT_ONCE = 100; // in one message
  let failures = 0;
  let timer;
  let busy = false;
  let forgetful = false;

  function say(state) {
    const n = CheckIn.queue().length;
    const text = state === "offline" ? (n ? words.offline : words.offline_none) : words[state];
    saved.textContent = CheckIn.fill(text, { n }) + (forgetful ? ` ${words.forgetful}` : "");
    saved.dataset.state = state;
    saved.dataset.unsent = n;
  }

  function message() {
    const entries = CheckIn.queue().slice(0, AT_ONCE);
    return JSON.stringify({ sent_at: new Date().toISOString(), entries });
  }

  async function ask() {
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch(root.dataset.sent, { method: "POST", body: message(), headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  }

  async function freshToken() { // after signing in again the old one is of no use
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const token = page.querySelector("[data-check-in] [name=csrfmiddlewaretoken]");
    if (token) root.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    return Boolean(token);
  }

  async function round() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      await CheckIn.again();
      if (CheckIn.queue().length) say("sending");
      const answer = await ask();
      if (answer.type === "opaqueredirect" || answer.status === 404) throw new Error("signed_out");
      if (answer.status === 403) { if (!(await freshToken())) throw new Error("signed_out"); throw new Error("sending"); }
      if (!answer.ok) throw new Error("offline");
      failures = 0;
      await CheckIn.take(await answer.json());
      say(CheckIn.queue().length ? "sending" : "sent");
    } catch (fault) {
      failures += 1;
      say(["signed_out", "sending"].includes(fault.message) ? fault.message : "offline");
    }
    busy = false;
    plan();
  }

  function plan() {
    clearTimeout(timer);
    const waiting = CheckIn.queue().length && !failures;
    timer = setTimeout(round, failures ? Math.min(LONGEST, 1000 * 2 ** Math.min(failures, 5)) : waiting ? 0 : EVERY);
  }

  CheckIn.on("forgetful", () => { forgetful = true; say(saved.dataset.state || "offline"); });
  CheckIn.on("kept", () => { say(failures ? "offline" : "sending"); if (!failures) round(); });
  CheckIn.ready.then(round);
  window.addEventListener("online", round);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
  window.addEventListener("beforeunload", (event) => { if (forgetful && CheckIn.queue().length) event.preventDefault(); });
})();
