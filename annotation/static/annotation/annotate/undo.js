// Undo and redo: every change of the form but time and looks can be taken back and made again, and says what it was.
// A text goes in steps that a person recognises: to the end of a sentence or a line, to a pause, what was deleted, what was pasted.

import { phrase } from "../phrase.js";
import { describeChange } from "./changes.js";
import { entriesOf, fillForm } from "./entries.js";

const PAUSE = 1000; // milliseconds between two key presses
const ENDED = /[.!?…]\s+$|[。！？；\n]\s*$/; // of a sentence or a line
const TYPED = ["insertText", "insertCompositionText", "insertLineBreak"];
const isUndone = ([name]) => name !== "active_seconds" && name !== "looks";

/** Whether what is typed into a text belongs to the step before: `last` is {name, kind, caret, at} of the last key press. */
function goesOn(last, event, kind) {
  const { target, data } = event;
  if (event.isComposing && last.kind === kind && last.name === target.name) return true;
  if (last.name !== target.name || last.kind !== kind || kind === "other" || performance.now() - last.at > PAUSE) return false;
  if (kind === "delete") return true;
  const start = target.selectionStart - (data ?? "\n").length;
  return start === last.caret && (!ENDED.test(target.value.slice(0, start)) || !(data ?? "\n").trim());
}

function kindOf({ inputType = "" }) {
  if (TYPED.includes(inputType)) return "insert";
  return inputType.startsWith("delete") && inputType !== "deleteByCut" ? "delete" : "other";
}

/**
 * `show()` is called when the form shows other values; `changed()` when a person changed them; `errors` is what markErrors returns;
 * `tell(text)` says what was done to those who see the page, too.
 * Returns `undo()` and `redo()`, `fill(entries)`, which can be undone, and `begin()`, to be called once.
 */
export function rememberChanges({ form, criteria, words, tell, refuse, focus, errors, show, changed }) {
  const past = [];
  const future = [];
  let present = "";
  let last = {};
  const snapshot = () => JSON.stringify(entriesOf(form).filter(isUndone));

  function set(entries) {
    fillForm(form, entries, errors.set);
    present = snapshot();
    last = {};
    show();
  }

  /** From one of the two to the other; `says` has the place for what it was. */
  function step(from, to, { none, says }) {
    if (!from.length) return refuse(none);
    const before = JSON.parse(present);
    const after = JSON.parse(from.pop());
    to.push(present);
    set([...after, ...entriesOf(form).filter((entry) => !isUndone(entry))]);
    const [earlier, later] = from === past ? [after, before] : [before, after];
    const { names, what } = describeChange({ form, earlier, later, words, nameOfError: errors.nameOf });
    const criterion = criteria.find((one) =>
      [...one.querySelectorAll("input, textarea")].some(({ name }) => names.includes(name)),
    );
    changed();
    tell(phrase(says, { what }));
    if (criterion) focus(criterion);
  }

  function begin(step) {
    past.push(step);
    future.length = 0;
  }

  form.addEventListener("input", (event) => {
    if (snapshot() === present) return;
    const { target } = event;
    const isText = target.matches("textarea");
    const kind = isText ? kindOf(event) : "other";
    if (!isText || !goesOn(last, event, kind)) begin(present);
    last = isText ? { name: target.name, kind, caret: target.selectionStart, at: performance.now() } : {};
    present = snapshot();
    show();
    changed();
  });
  return {
    undo: () => step(past, future, { none: words.nothing, says: words.undone }),
    redo: () => step(future, past, { none: words.nothingLater, says: words.redone }),
    fill(entries) {
      const before = present;
      set(entries);
      if (present !== before) begin(before);
    },
    begin() {
      present = snapshot();
      show();
    },
  };
}
