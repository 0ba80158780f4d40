// Minutes: each text is saved as one types; who writes at the same place is told, and no words are lost.
(() => {
  const page = document.querySelector("[data-minutes]");
  if (!page) return;
  const PAUSE = 700, RETRY = 3000, LOOK = 5000;
  const said = document.querySelector("[data-saving]");
  const forms = [...page.querySelectorAll("[data-text]")];
  const texts = new Map(forms.map((form) => [form, { typed: form.text.value, state: form.state.value, kept: form.text.value, timer: 0, sending: null }]));
  for (const button of page.querySelectorAll("[data-hidden-by-script]")) button.remove();

  const changed = (form) => form.text.value !== texts.get(form).kept || form.state.value !== texts.get(form).state;
  const tell = (what) => { if (said) said.textContent = what ? said.dataset["said" + what] : ""; };
  const newKey = () => crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  const send = async (form) => {
    const text = texts.get(form);
    if (text.sending) { await text.sending; return changed(form) ? send(form) : undefined; }
    if (!changed(form)) return;
    const words = form.text.value, state = form.state.value;
    const body = new FormData(form);
    if (text.keyed !== words + state) { text.key = newKey(); text.keyed = words + state; } // sent again: the same key
    body.set("key", text.key);
    text.sending = (async () => {
      try {
        const answer = await fetch(page.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.status !== 200 && answer.status !== 409) throw new Error(String(answer.status));
        take(form, words, state, await answer.json());
      } catch {
        tell("Offline");
        text.timer = setTimeout(() => send(form), RETRY);
      }
    })();
    await text.sending;
    text.sending = null;
  };

  const take = (form, words, state, answer) => {
    const text = texts.get(form);
    // typed on since: sent once more with what was typed, and it is those words that then wait
    if (answer.clash && form.text.value !== words) return later(form);
    form.base.value = answer.version;
    text.state = state;
    if (answer.clash) {
      form.text.value = text.kept = answer.text;
      wait(form, answer.clash);
      tell("Clash");
      return;
    }
    text.kept = words;
    tell([...texts.keys()].some(changed) ? "Waiting" : "Saved");
    if (changed(form)) later(form);
  };

  // the words that came too late stand below the text until somebody puts them in or leaves them out
  const wait = (form, clash) => {
    const box = document.createElement("div"), words = document.createElement("p"), settle = document.createElement("form");
    box.className = "clash";
    const title = document.createElement("strong");
    title.textContent = page.dataset.waits;
    words.textContent = clash.words;
    words.lang = form.language.value;
    settle.method = "post";
    settle.action = clash.settle;
    settle.className = "actions";
    settle.append(form.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    for (const [value, label] of [["put_in", page.dataset.putIn], ["leave_out", page.dataset.leaveOut]]) {
      const button = document.createElement("button");
      Object.assign(button, { className: "button quiet", name: "do", value, textContent: label });
      settle.append(button);
    }
    box.append(title, words, settle);
    form.closest("section").append(box);
  };

  const later = (form) => {
    const text = texts.get(form);
    clearTimeout(text.timer);
    text.timer = setTimeout(() => send(form), PAUSE);
  };

  for (const form of forms) {
    form.addEventListener("input", () => { tell("Waiting"); later(form); });
    form.addEventListener("focusout", () => send(form));
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  }

  // what others write meanwhile comes in where nobody types
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(page.dataset.state, { headers: { Accept: "application/json" } });
        if (answer.ok) for (const one of (await answer.json()).texts) bring(one);
      } catch { /* the next look will tell */ }
    }
    setTimeout(look, LOOK);
  };
  const bring = (one) => {
    const form = forms.find((f) => f.point.value === String(one.point) && f.language.value === one.language);
    if (!form || Number(form.base.value) >= one.version || changed(form) || texts.get(form).sending) return;
    form.text.value = texts.get(form).kept = one.text;
    form.base.value = one.version;
  };
  setTimeout(look, LOOK);

  // other forms of the page leave it: what was typed goes first
  page.addEventListener("submit", async (event) => {
    if (event.target.matches("[data-text]") || event.defaultPrevented) return;
    if (![...texts.keys()].some(changed)) return;
    event.preventDefault();
    const by = event.submitter;
    await Promise.all(forms.map(send));
    if (![...texts.keys()].some(changed)) event.target.requestSubmit(by);
  });
  window.addEventListener("beforeunload", (event) => { if ([...texts.keys()].some(changed)) event.preventDefault(); });

  const sections = [...page.querySelectorAll("[data-point]")];
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const here = sections.findIndex((section) => section.contains(document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const quick = { d: "d", a: "a" }[event.key.toLowerCase()];
    if (step) {
      const next = sections[Math.max(0, Math.min(sections.length - 1, here + step))];
      const column = document.activeElement.lang ? `textarea[lang="${document.activeElement.lang}"]` : "textarea";
      (next.querySelector(`[data-text] ${column}`) || next.querySelector("textarea")).focus();
      next.scrollIntoView({ block: "start" });
    } else if (quick && here >= 0) {
      const details = sections[here].querySelector(`[data-quick="${quick}"]`);
      details.open = true;
      details.querySelector("textarea, input:not([type=hidden])").focus();
    } else return;
    event.preventDefault();
  });
})();
