// Nothing is lost: each change is copied in this browser at once and saved on the server within a second, and never over what
// another page wrote. Without network, with a session that ended or a server that restarts or is busy, it goes on and tries again.

import { copiesOf, dropCopy, writeCopy } from "./copies.js";
import { endNotice } from "./notices.js";
import { OtherPages } from "./other_pages.js";
import { save } from "./saving.js";
import { outcomeOfRequest } from "./server.js";
import { send } from "./submitting.js";
import { randomName, thisPage } from "./this_page.js";

const SOON = 400; // milliseconds from a change until it is sent
const RETRIES = [1, 2, 4, 8, 15, 30]; // seconds
const WORTH_SAVING = 5; // seconds of reading that are saved without a change

/** `judge` is what judge.js returns; `show(html, address)` puts a page's main part in place. */
export function keepDrafts(form, judge, { signal, show }) {
  new Keeper(form, judge, show, signal).start();
}

class Keeper {
  constructor(form, judge, show, signal) {
    Object.assign(this, { form, judge, show, signal, response: form.dataset.copy, status: document.getElementById("saved") });
    this.base = Number(form.elements.draft_version.value); // the draft's version that this page has seen,
    this.seen = judge.entries(); // and what the draft was then
    this.changes = 0; // made here,
    this.saved = 0; // and how many of them the server has
    this.failures = 0;
    this.wait = 0; // seconds that the server asked for
    this.submitting = false;
    this.busy = false;
    this.halted = false;
    this.seconds = this.time;
    this.others = new OtherPages(this.response, { signal, submitted: () => this.learnOutcome() });
    this.setKey(randomName());
  }

  start() {
    const { form, signal } = this;
    form.addEventListener("sixpoint:change", () => this.changed(), { signal });
    form.addEventListener(
      "submit",
      (event) => {
        if (event.submitter?.hasAttribute("formaction")) return; // what htmx would send, were it there
        event.preventDefault();
        this.submit();
      },
      { signal },
    );
    form.addEventListener(
      "htmx:confirm",
      (event) => {
        event.preventDefault();
        this.settle().then((settled) => settled && event.detail.issueRequest(true));
      },
      { signal },
    );
    form.addEventListener("htmx:beforeOnLoad", ({ detail }) => outcomeOfRequest(detail) === "ok" && this.finish(), { signal });
    window.addEventListener("online", () => this.work(), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.work()), { signal });
    signal.addEventListener("abort", () => this.leave());
    document.getElementById("save-draft").hidden = true;
    if (form.dataset.overall) this.showOverall(JSON.parse(form.dataset.overall));
    this.others.tell("opened");
    this.takeUp();
  }

  /** The active seconds, where the form counts them. */
  get time() {
    return Number(this.form.elements.active_seconds?.value ?? 0);
  }

  setKey(key) {
    this.key = key;
    this.form.elements.idempotency_key.value = key;
  }

  setBase(version) {
    this.base = version;
    this.form.elements.draft_version.value = version;
  }

  showState(state) {
    if (this.signal.aborted || this.status.dataset.state === state) return;
    this.status.dataset.state = state;
    this.status.textContent = this.status.dataset[state];
  }

  /** Of what stands on the server, where the project shows it; null while something is open. */
  showOverall(detail) {
    if (!this.signal.aborted) this.form.closest("main").dispatchEvent(new CustomEvent("sixpoint:overall", { detail }));
  }

  /** Nothing is sent until somebody chooses, or for good. */
  halt() {
    this.halted = true;
    this.showState("kept");
    endNotice("elsewhere");
  }

  // The copy in this browser.

  changed() {
    this.changes += 1;
    if (this.submitting && !this.busy) this.takeBack();
    this.copy();
    this.later(SOON);
  }

  /** A submission that waits for the network is not one any more when something was changed. */
  takeBack() {
    this.submitting = false;
    this.setKey(randomName());
    this.copy();
  }

  copy() {
    const { base, key, submitting: sending } = this;
    const changed_at = new Date().toISOString();
    writeCopy(this.response, { entries: this.judge.entries(), base, page: thisPage.name, key, changed_at, sending });
  }

  /** The response was submitted or skipped: what is saved needs no copy, and reading time alone is not saved any more. */
  finish() {
    this.dropCopy();
    if (!this.unsaved) this.seconds = this.time;
  }

  dropCopy() {
    dropCopy(this.response, thisPage.name);
  }

  /** Work that a page left here, and that no open page has: the server tells whether it may simply be continued. */
  async takeUp() {
    if (!copiesOf(this.response).length) return;
    const own = copiesOf(this.response).find(({ page }) => page === thisPage.name);
    if (!own) await new Promise((done) => setTimeout(done, 200)); // for the open pages to answer
    const copy = own ?? copiesOf(this.response).findLast(({ page }) => !this.others.has(page));
    if (!copy || this.changes || this.signal.aborted) return;
    thisPage.name = copy.page;
    this.others.tell("took up");
    this.offered = !own;
    this.judge.fill(copy.entries);
    this.seen = copy.entries;
    this.setBase(copy.base);
    this.setKey(copy.key);
    this.submitting = copy.sending;
    this.changes += 1;
    this.copy();
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
    this.running = this.submitting ? send(this) : save(this);
    const next = await this.running;
    this.busy = false;
    if (next === "again") {
      this.later(1000 * Math.max(this.wait, RETRIES[Math.min(this.failures, RETRIES.length - 1)]));
      this.failures += 1;
    } else {
      this.failures = 0;
      if (next === "done" && this.unsaved) this.later(this.submitting ? 0 : SOON);
    }
  }

  /** Before a button of the form is obeyed, as Skip: saves what is not saved yet. Returns whether it may be obeyed. */
  async settle() {
    await this.running;
    if (this.signal.aborted) return false; // the page has moved on
    if (!this.halted && this.unsaved) await save(this);
    return !this.halted;
  }

  submit() {
    if (this.halted) {
      document.querySelector("#notices button, #notices a")?.focus();
      return;
    }
    this.submitting = true;
    this.copy();
    this.work();
  }

  /** Another page has submitted the response: the next save is told what became of it. */
  learnOutcome() {
    if (this.halted) return;
    this.submitting = false;
    this.saved = -1;
    this.work();
  }

  /** The page is hidden, left or moves on: what is not saved yet is sent now, the seconds too. */
  leave() {
    const revising = Boolean(this.form.elements.revision); // to look at what was submitted begins no revision
    const read = !revising && !this.others.any && this.time - this.seconds >= WORTH_SAVING;
    if (this.halted || this.busy || this.submitting || !(this.unsaved || read)) return;
    if (!this.unsaved) this.changes += 1;
    this.copy();
    if (this.signal.aborted) save(this);
    else this.work();
  }
}
