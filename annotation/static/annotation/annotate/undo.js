// Undo: every change of the form but time and looks can be taken back; a text that is typed in one go is one change.

import { phrase } from "../phrase.js";
import { fillForm, judgement } from "./body.js";

const IN_ONE_GO = 2000; // milliseconds between two key presses

/**
 * `show()` is called when the form shows other values; `changed()` when a person changed them; `setErrors` is markErrors' `set`.
 * Returns `undo()`, `fill(body)`, which can be undone, and `begin()`, to be called once.
 */
export function rememberChanges({ form, criteria, words, say, refuse, focus, setErrors, show, changed }) {
  const past = [];
  let present = "";
  let writing = { name: null, at: 0 };
  const snapshot = () => JSON.stringify({ ...judgement(form), active_seconds: undefined, looks: undefined });

  function set(body) {
    fillForm({ form, setErrors }, body);
    present = snapshot();
    writing = { name: null, at: 0 };
    show();
  }

  function undo() {
    if (!past.length) return refuse(words.nothing);
    const after = JSON.parse(present);
    const { active_seconds, looks } = judgement(form);
    const before = JSON.parse(past.pop());
    set({ ...before, active_seconds, looks });
    const differs = (field, key) => before[field]?.[key] !== after[field]?.[key];
    const criterion = criteria.find(({ dataset: { key } }) => ["scores", "confidence", "notes"].some((field) => differs(field, key)));
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
    fill(body) {
      const before = present;
      set(body);
      if (present !== before) past.push(before);
    },
    begin() {
      present = snapshot();
      show();
    },
  };
}
