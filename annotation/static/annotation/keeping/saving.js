// Saves the form as a draft, and does what the server's answer asks for.

import { endNotice, showNotice } from "./notices.js";
import { postForm } from "./server.js";

/** Returns "done", "again" when it is to be tried again, or "stop". */
export async function save(keeper) {
  const { form, changes } = keeper;
  const sent = { changes, entries: keeper.judge.entries(), seconds: keeper.time };
  if (!keeper.failures) keeper.showState("saving");
  const answer = await postForm(form.dataset.draft, new FormData(form), { outlive: true });
  const { content } = answer;
  const outcome = answer.outcome === "ok" && !content ? "away" : answer.outcome; // a network that shows a page of its own
  if (keeper.signal.aborted && outcome !== "ok") return "stop"; // the copy stays
  keeper.wait = answer.wait;
  return outcomes[outcome](keeper, content, sent);
}

/** What a save and a submission do alike after an answer that is not "ok". */
export const outcomes = { ok, away, busy, full, "signed-out": signedOut, refused, gone, overtaken };

function ok(keeper, content, { changes, entries, seconds }) {
  keeper.setBase(content.version);
  keeper.seen = entries;
  keeper.saved = changes;
  keeper.seconds = seconds;
  keeper.offered = false;
  for (const name of ["signed-out", "refused", "full"]) endNotice(name);
  if (!keeper.unsaved) {
    keeper.dropCopy();
    keeper.showState("saved");
  } else if (keeper.changes !== keeper.saved) keeper.copy();
  if ("overall" in content) keeper.showOverall(content.overall);
  return "done";
}

function away(keeper) {
  keeper.showState(keeper.submitting ? "queued" : "offline");
  return "again";
}

function busy(keeper) {
  keeper.showState("busy");
  return "again";
}

function full(keeper) {
  if (keeper.status.dataset.state !== "full") showNotice("full");
  keeper.showState("full");
  return "again";
}

function signedOut(keeper) {
  if (keeper.status.dataset.state !== "kept") showNotice("signed-out");
  keeper.showState("kept");
  return "again";
}

function refused(keeper, content) {
  keeper.showState("refused");
  showNotice("refused", { detail: content?.detail, chosen: () => location.reload() });
  return "stop";
}

function gone(keeper, content) {
  keeper.halt();
  keeper.submitting = false;
  showNotice("gone", { detail: content?.detail });
  return "stop";
}

async function overtaken(keeper, { version, draft }) {
  const mine = keeper.judge.entries();
  const differences = await import("./differences.js").catch(() => null);
  if (!differences) return away(keeper);
  const wasSubmitting = keeper.submitting;
  keeper.submitting = false;
  if ([mine, keeper.seen].some((entries) => differences.same(entries, draft))) {
    keeper.setBase(version); // nothing was changed meanwhile: at most the seconds differ, that this page sent when it was loaded anew
    keeper.submitting = wasSubmitting;
    return "done";
  }
  keeper.halt();
  const rows = differences.rowsOf(keeper.form, mine, draft);
  showNotice(keeper.offered ? "offered" : "overtaken", { rows, chosen: (choice) => choose(keeper, choice, { version, draft }) });
  return "stop";
}

/** Goes on with "mine", or with "theirs": the draft that stands on the server, as entries. */
function choose(keeper, choice, { version, draft }) {
  keeper.halted = keeper.offered = false;
  keeper.setBase(version);
  if (choice === "theirs") {
    keeper.judge.fill(draft);
    keeper.seen = draft;
    keeper.showOverall(null);
    keeper.saved = keeper.changes;
    keeper.dropCopy();
    keeper.showState("saved");
  } else {
    keeper.changes += 1;
    keeper.copy();
    keeper.work();
  }
}
