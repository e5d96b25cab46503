// Nothing lost: each change is kept in this browser at once and saved on the server within a second, and never over what
// another page wrote. Without network, with a session that ended or a server that restarts, it goes on and tries again.

const SOON = 400; // milliseconds from a change until it is sent
const RETRIES = [1, 2, 4, 8, 15, 30]; // seconds
const OLD = 30 * 24 * 3600 * 1000; // copies that nobody came back for

const random = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("sixpoint") : null;
let name = random(); // of this page, until it is loaded anew; a page that takes a copy up takes its name too
let storageRefused = false;

/** `show` puts a page's main part in place: its HTML, and its address if that is another one. */
export function keepDrafts(form, judge, { signal, show }) {
  new Keeper(form, judge, show, signal).start();
}

/** An answer of the server, or null without one. The token is read each time: signing in changes it. */
export async function ask(address, { headers = {}, ...options } = {}) {
  const token = document.cookie.match(/(?:^|; )sixpoint_csrf=([^;]*)/)?.[1] ?? "";
  // Outlives the page, where it is short enough: browsers take 64 KiB.
  const keepalive = options.method === "PUT" && new Blob([options.body]).size < 60_000;
  try {
    return await fetch(address, {
      redirect: "manual", // to sign in: a page that is not meant for us
      signal: AbortSignal.timeout(30_000),
      keepalive,
      headers: { "X-CSRFToken": token, "X-Page": `${name}/${Date.now()}`, ...headers },
      ...options,
    });
  } catch {
    return null;
  }
}

function stateOf(answer) {
  if (!answer || answer.status >= 500 || answer.status === 408 || answer.status === 429) return "away";
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return "signed-out";
  if (answer.ok) return "ok";
  return { 409: "gone", 412: "overtaken" }[answer.status] ?? "refused";
}

/** Says something that stays until it is answered; `chosen` hears which button was pressed. */
export function notice(id, { detail, differences, chosen } = {}) {
  const place = document.getElementById("notices");
  if (!place) return;
  endNotice(id);
  const element = document.createElement("section");
  element.className = "notice";
  element.dataset.notice = id;
  element.append(document.getElementById(`notice-${id}`).content.cloneNode(true));
  const line = element.querySelector("[data-detail]");
  if (line) line.textContent = detail ?? "";
  if (differences) element.querySelector("tbody").append(...differences);
  element.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choose]")?.dataset.choose;
    if (!choice) return;
    element.remove();
    chosen?.(choice);
    document.querySelector("form.judge .criterion :checked, form.judge .criterion input")?.focus({ preventScroll: true });
  });
  place.append(element);
}

export function endNotice(id) {
  document.querySelector(`#notices [data-notice=${id}]`)?.remove();
}

// The copies in this browser: one per person, response and page, so that neither people nor pages meet each other's.

const copies = {
  key: (of, page) => `sixpoint/${of}/${page}`,
  write(of, copy) {
    try {
      localStorage.setItem(copies.key(of, copy.page), JSON.stringify(copy));
    } catch {
      if (!storageRefused) notice("storage");
      storageRefused = true;
    }
  },
  drop(of, page) {
    try {
      localStorage.removeItem(copies.key(of, page));
    } catch {} // then there is none
  },
  /** The newest last. Those that are too old are dropped on the way. */
  of(of) {
    const found = [];
    try {
      for (const key of Object.keys(localStorage).filter((key) => key.startsWith("sixpoint/"))) {
        const copy = JSON.parse(localStorage.getItem(key));
        if (Date.now() - Date.parse(copy.changed_at) > OLD) localStorage.removeItem(key);
        else if (key.startsWith(`sixpoint/${of}/`)) found.push(copy);
      }
    } catch {} // forbidden, or not ours
    return found.sort((a, b) => Date.parse(a.changed_at) - Date.parse(b.changed_at));
  },
};

/** What was submitted needs no copy of what was on its way. */
export function forgetSent(of) {
  for (const copy of copies.of(of)) if (copy.sending) copies.drop(of, copy.page);
}

class Keeper {
  constructor(form, judge, show, signal) {
    Object.assign(this, { form, judge, show, signal, copy: form.dataset.copy, status: document.getElementById("saved") });
    this.base = Number(form.elements.draft_version.value); // the draft's version that this page has seen,
    this.seen = judge.body(); // and what was said then
    this.changes = 0; // made here,
    this.saved = 0; // and how many of them the server has
    this.failures = 0;
    this.submitting = false;
    this.busy = false;
    this.halted = false; // until somebody chooses, or for good
    this.others = new Set(); // pages that have the same response open
    this.seconds = form.elements.active_seconds.value;
    this.setKey(random());
  }

  start() {
    const { form, signal } = this;
    form.addEventListener("sixpoint:change", () => this.changed(), { signal });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const address = event.submitter?.getAttribute("formaction");
      if (address) this.post(address, event.submitter);
      else this.submit();
    }, { signal });
    window.addEventListener("online", () => this.work(), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.work()), { signal });
    signal.addEventListener("abort", () => this.leave());
    channel?.addEventListener("message", ({ data }) => data.copy === this.copy && this.hear(data), { signal });
    document.getElementById("save-draft").hidden = true;
    if (form.dataset.overall) this.tellOverall(JSON.parse(form.dataset.overall));
    this.tell("opened");
    this.takeUp();
  }

  setKey(key) {
    this.key = key;
    this.form.elements.idempotency_key.value = key;
  }

  setBase(version) {
    this.base = version;
    this.form.elements.draft_version.value = version;
  }

  say(state) {
    if (this.signal.aborted || this.status.dataset.state === state) return;
    this.status.dataset.state = state;
    this.status.textContent = this.status.dataset[state];
  }

  /** Of what stands on the server, where the project shows it; null while something is open. */
  tellOverall(detail) {
    if (!this.signal.aborted) this.form.closest("main").dispatchEvent(new CustomEvent("sixpoint:overall", { detail }));
  }

  // Other pages of this browser.

  tell(what, to = null) {
    channel?.postMessage({ what, copy: this.copy, page: name, to });
  }

  hear({ what, page, to }) {
    if (page === name) name = random(); // it took this page for dead
    else if (what === "opened") {
      this.others.add(page);
      this.tell("open", page);
    } else if (what === "open" && to === name) {
      if (!this.others.size) notice("elsewhere");
      this.others.add(page);
    } else if (what === "submitted" && !this.halted) {
      this.submitting = false;
      this.saved = -1;
      this.work(); // and the server says what became of it
    }
  }

  // The copy in this browser.

  changed() {
    this.changes += 1;
    if (this.submitting && !this.busy) this.takeBack();
    this.keep();
    this.later(SOON);
  }

  /** A submission that waits for the network is not one any more when something was changed. */
  takeBack() {
    this.submitting = false;
    this.setKey(random());
    this.keep();
  }

  keep() {
    const { base, key, submitting: sending } = this;
    copies.write(this.copy, { body: this.judge.body(), base, page: name, key, changed_at: new Date().toISOString(), sending });
  }

  /** Work that a page left here, and that no living page has: the server says whether it may simply be gone on with. */
  async takeUp() {
    if (!copies.of(this.copy).length) return;
    const own = copies.of(this.copy).find((copy) => copy.page === name);
    if (!own) await new Promise((done) => setTimeout(done, 200)); // for the living to answer
    const found = own ?? copies.of(this.copy).findLast((copy) => !this.others.has(copy.page));
    if (!found || this.changes || this.signal.aborted) return;
    name = found.page;
    this.tell("took up");
    this.offered = !own;
    this.judge.fill(found.body);
    this.seen = found.body;
    this.setBase(found.base);
    this.setKey(found.key);
    this.submitting = found.sending;
    this.changes += 1;
    this.keep();
    this.work();
  }

  // The server.

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.work(), milliseconds);
  }

  get unsaved() {
    return this.submitting || this.changes !== this.saved;
  }

  /** Sends what is to be sent, one thing after the other. */
  async work() {
    if (this.busy || this.halted || this.signal.aborted || !this.unsaved) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.running = this.submitting ? this.send() : this.save();
    const outcome = await this.running;
    this.busy = false;
    if (outcome === "again") {
      this.later(1000 * RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
      this.failures += 1;
    } else {
      this.failures = 0;
      if (outcome === "done" && this.unsaved) this.later(this.submitting ? 0 : SOON);
    }
  }

  /** Answers "done", "again" when it is to be tried again, or "stop". */
  async save() {
    const { changes } = this;
    const body = this.judge.body();
    if (!this.failures) this.say("saving");
    const headers = { "Content-Type": "application/json", "If-Match": `"${this.base}"` };
    const answer = await ask(this.form.dataset.draft, { method: "PUT", headers, body: JSON.stringify(body) });
    const told = await answer?.json().catch(() => null);
    const state = answer?.ok && !told ? "away" : stateOf(answer);
    if (this.signal.aborted && state !== "ok") return "stop"; // the copy stays
    return this[state](told, { changes, body });
  }

  ok(told, { changes, body }) {
    this.setBase(told.version);
    this.seen = body;
    this.saved = changes;
    this.seconds = body.active_seconds;
    this.offered = false;
    for (const id of ["signed-out", "refused"]) endNotice(id);
    if (!this.unsaved) {
      copies.drop(this.copy, name);
      this.say("saved");
    } else if (this.changes !== this.saved) this.keep();
    if ("overall" in told) this.tellOverall(told.overall);
    return "done";
  }

  away() {
    this.say(this.submitting ? "queued" : "offline");
    return "again";
  }

  "signed-out"() {
    if (this.status.dataset.state !== "kept") notice("signed-out");
    this.say("kept");
    return "again";
  }

  refused(told) {
    this.say("refused");
    notice("refused", { detail: told?.detail, chosen: () => location.reload() });
    return "stop";
  }

  gone(told) {
    this.halted = true;
    this.submitting = false;
    this.say("kept");
    endNotice("elsewhere");
    notice("gone", { detail: told?.detail });
    return "stop";
  }

  async overtaken({ version, draft }) {
    const mine = this.judge.body();
    const states = await import("./states.js").catch(() => null);
    if (!states) return this.away();
    const wanted = this.submitting;
    this.submitting = false;
    if ([mine, this.seen].some((body) => states.same(body, draft))) {
      this.setBase(version); // nothing was said meanwhile: at most the seconds differ, that this page sent when it was loaded anew
      this.submitting = wanted;
      return "done";
    }
    this.halted = true;
    this.say("kept");
    endNotice("elsewhere");
    notice(this.offered ? "offered" : "overtaken", {
      differences: states.differences(this.form, mine, draft),
      chosen: (choice) => {
        this.halted = this.offered = false;
        this.setBase(version);
        if (choice === "theirs") {
          this.judge.fill(draft);
          this.seen = draft;
          this.tellOverall(null);
          this.saved = this.changes;
          copies.drop(this.copy, name);
          this.say("saved");
        } else {
          this.changes += 1;
          this.keep();
          this.work();
        }
      },
    });
    return "stop";
  }

  submit() {
    if (this.halted) {
      document.querySelector("#notices button, #notices a")?.focus();
      return;
    }
    this.submitting = true;
    this.keep();
    this.work();
  }

  async send() {
    if (!this.failures) this.say("sending");
    const { changes } = this;
    const address = this.form.getAttribute("action");
    const focused = document.activeElement;
    const data = new FormData(this.form);
    this.form.inert = true; // what would be changed now would be sent with nothing
    const { state, html, at, told } = await this.posted(address, data, "application/json, text/html;q=0.9");
    this.form.inert = false;
    if (this.form.contains(focused)) focused.focus({ preventScroll: true });
    if (state === "away" || state === "signed-out") {
      if (changes !== this.changes) this.takeBack();
      return this[state]();
    }
    if (state === "overtaken") return this.save(); // to be told what stands there
    this.submitting = false;
    if (state === "gone") return this.save();
    if (state === "ok") {
      copies.drop(this.copy, name);
      this.saved = this.changes;
      this.seconds = this.form.elements.active_seconds.value;
      this.tell("submitted");
    } else this.keep();
    if (told?.fields) return this.pointOut(told);
    this.show(html, at);
    return "stop";
  }

  /** Not taken: what is wrong is said at its fields, and the page stays as it is. */
  async pointOut({ fields, asks }) {
    this.judge.faults(fields);
    if (asks !== this.form.dataset.asks) notice("older", { chosen: () => location.reload() });
    if (this.unsaved) return this.save();
    copies.drop(this.copy, name);
    this.say("saved");
    return "done";
  }

  /** What a button of the form asks for besides: to skip, say. */
  async post(address, submitter) {
    await this.running;
    if (this.signal.aborted) return; // the page has moved on
    if (!this.halted && this.unsaved) await this.save();
    if (this.halted) return;
    const { state, html, at } = await this.posted(address, new FormData(this.form, submitter));
    if (state === "away") notice("offline");
    else if (state === "signed-out") this[state]();
    else {
      if (state === "ok") copies.drop(this.copy, name);
      this.show(html, at);
    }
  }

  /** With JSON among the kinds it asks for, it is told what is wrong alone, and else the page with it. */
  async posted(address, data, kinds = "text/html") {
    data.delete("csrfmiddlewaretoken"); // the header has the one that holds now
    const answer = await ask(address, { method: "POST", headers: { "HX-Request": "true", Accept: kinds }, body: new URLSearchParams(data) });
    const html = await answer?.text().catch(() => null);
    const told = html && answer.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(html) : null;
    return { state: html === null ? "away" : stateOf(answer), html, at: answer?.headers.get("HX-Push-Url"), told };
  }

  /** The page is hidden, left or moves on: what is not saved yet is sent now, the seconds too. */
  leave() {
    const revising = Boolean(this.form.elements.revision); // to look at what was said begins no revision
    const read = !revising && !this.others.size && this.form.elements.active_seconds.value - this.seconds >= 5;
    if (this.halted || this.busy || this.submitting || !(this.unsaved || read)) return;
    if (!this.unsaved) this.changes += 1;
    this.keep();
    if (this.signal.aborted) this.save();
    else this.work();
  }
}
