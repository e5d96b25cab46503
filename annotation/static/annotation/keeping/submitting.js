// Submits the form.

import { showNotice } from "./notices.js";
import { outcomes, save } from "./saving.js";
import { isLater, postForm } from "./server.js";

/** Returns "done", "again" or "stop", as save does. */
export async function send(keeper) {
  const { form, changes } = keeper;
  if (!keeper.failures) keeper.showState("sending");
  const focused = document.activeElement;
  const data = new FormData(form);
  form.inert = true; // what would be changed now would be sent with nothing
  const { outcome, html, address, content, wait } = await postForm(form.getAttribute("action"), data);
  form.inert = false;
  if (form.contains(focused)) focused.focus({ preventScroll: true });
  if (isLater(outcome)) {
    keeper.wait = wait;
    if (changes !== keeper.changes) keeper.takeBack();
    return outcomes[outcome](keeper);
  }
  if (outcome === "overtaken") return save(keeper); // to be told what stands there
  keeper.submitting = false;
  if (outcome === "gone") return save(keeper);
  if (outcome === "ok") {
    keeper.saved = keeper.changes;
    keeper.finish();
    keeper.others.tell("submitted");
  } else keeper.copy();
  if (content?.fields) return pointOut(keeper, content);
  keeper.show(html, address);
  return "stop";
}

/** Not taken: what is wrong is shown at its fields, and the page stays as it is. */
async function pointOut(keeper, { fields, asks }) {
  keeper.judge.faults(fields);
  if (asks !== keeper.form.dataset.asks) showNotice("older", { chosen: () => location.reload() });
  if (keeper.unsaved) return save(keeper);
  keeper.dropCopy();
  keeper.showState("saved");
  return "done";
}
