// The list of people, the typed code and the note of somebody without a registration; every way ends in CheckIn.note.
(() => {
  if (!window.CheckIn) return;
  const { root, words } = CheckIn;
  const one = (name) => root.querySelector(`[data-${name}]`);
  const chosen = one("session");
  const list = one("people");
  const MOST = 40; // people in the list before somebody asks for all
  let all = false;
  const MISTAKEN = { I: "1", L: "1", O: "0", U: "V" };
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const session = () => Number(chosen.value);
  const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  function say(text, kind = "") {
    const said = one("said");
    said.textContent = text;
    said.className = `notice ${kind}`;
  }

  CheckIn.checkIn = async (person, how) => {
    const there = CheckIn.isHere(session(), person.pk);
    if (there) return say(CheckIn.fill(words.already, { name: person.name, at: clock(there.at) }));
    if (!session()) return say(words.no_session, "notice-error");
    await CheckIn.note({ session: session(), registration: person.pk, how });
    return say(CheckIn.fill(words.welcome, { name: person.name }));
  };

  // what a camera read, or a short code that somebody typed
  CheckIn.checkInByCode = (text, how) => {
    const { people } = CheckIn.state();
    const parts = text.trim().toUpperCase().split(":");
    if (parts[0] === "STRAUME" && parts[1] === "T") {
      if (parts[2] !== root.dataset.activity) return say(words.other_activity, "notice-error");
      const person = people.find((candidate) => String(candidate.pk) === parts[3]);
      if (!person) return say(words.not_in_list, "notice-error");
      return person.code === parts[4] ? CheckIn.checkIn(person, how) : say(words.not_ours, "notice-error");
    }
    const code = text.toUpperCase().replace(/[^A-Z0-9]/g, "").replace(/[ILOU]/g, (sign) => MISTAKEN[sign]);
    const person = people.find((candidate) => candidate.code === code);
    return person ? CheckIn.checkIn(person, how) : say(how === "qr" ? words.not_ours : words.no_such_code, "notice-error");
  };

  function line(person) {
    const item = document.createElement("li");
    const there = CheckIn.isHere(session(), person.pk);
    const button = Object.assign(document.createElement("button"), { type: "button", className: `button ${there ? "quiet" : ""}` });
    button.dataset.person = person.pk;
    button.textContent = there ? CheckIn.fill(words.here_since, { at: clock(there.at) }) : words.is_here;
    button.setAttribute("aria-label", `${person.name}: ${button.textContent}`);
    const told = document.createElement("span");
    told.append(Object.assign(document.createElement("b"), { textContent: person.name }), ` ${person.where}`);
    if (there && !there.sent) told.append(" ", Object.assign(document.createElement("span"), { className: "badge", textContent: words.not_sent }));
    item.append(told, " ", button);
    return item;
  }

  function draw() {
    const { people, walk_ins: walkIns } = CheckIn.state();
    const asked = plain(one("filter").value);
    const focused = document.activeElement && document.activeElement.dataset.person;
    const shown = people.filter((person) => plain(`${person.name} ${person.where}`).includes(asked));
    const enough = asked || all ? shown.length : MOST;
    list.replaceChildren(...shown.slice(0, enough).map(line));
    one("more").hidden = shown.length <= enough;
    one("more").textContent = CheckIn.fill(words.show_all, { n: shown.length });
    one("none").hidden = shown.length > 0;
    if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus();
    const here = people.filter((person) => CheckIn.isHere(session(), person.pk)).length;
    const unsent = CheckIn.queue().filter((entry) => entry.session === session() && entry.name).length;
    const without = (walkIns[session()] || 0) + unsent;
    one("count").textContent = CheckIn.fill(without ? words.count_walk_ins : words.count, { here, all: people.length, without });
    const refused = CheckIn.refused();
    one("refused").hidden = !refused.length;
    one("refused-list").replaceChildren(...refused.map(refusedLine));
  }

  function refusedLine(entry) {
    const item = document.createElement("li");
    const person = CheckIn.state().people.find((candidate) => candidate.pk === entry.registration);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words.understood });
    button.addEventListener("click", () => CheckIn.dismiss(entry.key));
    item.append(`${entry.name || (person ? person.name : words.somebody)}, ${clock(entry.at)}: ${words[`state_${entry.state}`] || words.not_taken} `, button);
    return item;
  }

  function offerSessions() {
    const { sessions } = CheckIn.state();
    const before = chosen.value;
    chosen.replaceChildren(...sessions.map((entry) => Object.assign(document.createElement("option"), { value: entry.pk, textContent: entry.said })));
    const now = new Date().toISOString();
    const next = sessions.find((entry) => entry.ends > now) || sessions[sessions.length - 1];
    chosen.value = sessions.some((entry) => String(entry.pk) === before) ? before : next ? next.pk : "";
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-person]");
    if (!button) return;
    const person = CheckIn.state().people.find((candidate) => candidate.pk === Number(button.dataset.person));
    CheckIn.checkIn(person, "hand");
  });
  one("code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.code;
    if (field.value.trim()) CheckIn.checkInByCode(field.value, "hand");
    field.value = "";
    field.focus();
  });
  one("walk-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, institution } = event.target.elements;
    if (!name.value.trim()) { name.focus(); return say(words.name_needed, "notice-error"); }
    await CheckIn.note({ session: session(), name: name.value.trim(), institution: institution.value.trim() });
    say(CheckIn.fill(words.noted, { name: name.value.trim() }));
    event.target.reset();
    return name.focus();
  });
  one("filter").addEventListener("input", draw);
  one("more").addEventListener("click", () => { all = true; draw(); });
  chosen.addEventListener("change", draw);
  CheckIn.on("noted", draw);
  CheckIn.on("told", () => { offerSessions(); draw(); });
  CheckIn.ready.then(() => { offerSessions(); draw(); });
})();
