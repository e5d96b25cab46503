// Undo: every change of the form but time and looks can be taken back; a text that is typed in one go is one change.

import { phrase } from "../phrase.js";
import { entriesOf, fillForm, valuesOf } from "./entries.js";

const IN_ONE_GO = 2000; // milliseconds between two key presses
const isUndone = ([name]) => name !== "active_seconds" && name !== "looks";

/**
 * `show()` is called when the form shows other values; `changed()` when a person changed them; `setErrors` is markErrors' `set`.
 * Returns `undo()`, `fill(entries)`, which can be undone, and `begin()`, to be called once.
 */
export function rememberChanges({ form, criteria, words, say, refuse, focus, setErrors, show, changed }) {
  const past = [];
  let present = "";
  let writing = { name: null, at: 0 };
  const snapshot = () => JSON.stringify(entriesOf(form).filter(isUndone));

  function set(entries) {
    fillForm(form, entries, setErrors);
    present = snapshot();
    writing = { name: null, at: 0 };
    show();
  }

  function undo() {
    if (!past.length) return refuse(words.nothing);
    const after = JSON.parse(present);
    const before = JSON.parse(past.pop());
    set([...before, ...entriesOf(form).filter((entry) => !isUndone(entry))]);
    const differs = ({ name }) => valuesOf(before, name)[0] !== valuesOf(after, name)[0];
    const criterion = criteria.find((one) => [...one.querySelectorAll("input, textarea")].some(differs));
    if (criterion) focus(criterion);
    say(criterion ? phrase(words.undone, { title: criterion.dataset.title }) : words.undoneOther);
    changed();
  }

  form.addEventListener("input", ({ target }) => {
    if (snapshot() === present) return;
    const name = target.matches("textarea") ? target.name : null;
    if (!name || name !== writing.name || performance.now() - writing.at > IN_ONE_GO) past.push(present);
    writing = { name, at: performance.now() };
    present = snapshot();
    show();
    changed();
  });
  return {
    undo,
    fill(entries) {
      const before = present;
      set(entries);
      if (present !== before) past.push(before);
    },
    begin() {
      present = snapshot();
      show();
    },
  };
}
