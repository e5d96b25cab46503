// The scoring side of the page: its parts put together for one form, of an annotator or an adjudicator.

import { raiseConcerns } from "./concerns.js";
import { answerIn, isFaulty, isOpen, walkCriteria } from "./criteria.js";
import { foldDrawer } from "./drawer.js";
import { entriesOf } from "./entries.js";
import { markErrors } from "./errors.js";
import { focusFaultyField, hasFault, pointOutFaults } from "./faults.js";
import { measureFoot } from "./foot.js";
import { labelKeys, listenToKeys, listKeys } from "./keys.js";
import { showLevels } from "./levels.js";
import { listenToReading } from "./listening.js";
import { writeNotes } from "./notes.js";
import { scoreByKey } from "./scoring.js";
import { rememberChanges } from "./undo.js";

/**
 * Makes the form in `main` answer until `signal` is aborted. A key calls a command of this side, or else one of `commands`.
 * Returns `entries()`, the judgement in the form; `fill(entries)`; `faults(fields)`, which shows the server's {field: words};
 * and its own commands.
 * Each change dispatches "sixpoint:change" on the form; main hears "sixpoint:focus" and, with the first score, "sixpoint:scored".
 */
export function start(main, { signal, commands: others = {} }) {
  const form = main.querySelector("form.judge");
  const criteria = [...form.querySelectorAll(".criterion")];
  const keys = JSON.parse(form.dataset.keys ?? "{}");
  const line = form.querySelector("#judge-says");
  const words = line?.dataset ?? {};
  const say = (text) => speak(line, text, false);
  const refuse = (text) => {
    speak(line, text, true);
    measureFoot(form);
  };
  const changed = () => form.dispatchEvent(new CustomEvent("sixpoint:change", { bubbles: true }));

  const levels = showLevels({ form, criteria, signal });
  const walk = walkCriteria({ main, form, criteria, describe: levels.describe });
  const scoring = scoreByKey({ form, walk, words, say, refuse });
  const chooseBlock = () => others.next_block?.(); // the one in view
  const notes = writeNotes({ main, form, signal, refuse, lastCriterion: walk.last, chooseBlock, blockless: words.blockless });
  const errors = markErrors({ main, form, signal, words, say, notesOnBlocks: notes.written });
  const faults = pointOutFaults({ form, criteria, focus: walk.focus });
  const tellFirstScore = firstScore(main, criteria);
  const show = () => {
    levels.label();
    notes.show();
    errors.showAtBlocks();
    walk.refresh();
    faults.refresh();
    tellFirstScore();
  };
  const past = rememberChanges({ form, criteria, words, tell: refuse, refuse, focus: walk.focus, errors, show, changed });
  const drawer = foldDrawer(form);
  const own = drawer.opening({
    ...scoring.commands,
    ...notes.commands,
    ...errors.commands,
    ...raiseConcerns({ form, words, say, back: walk.back }),
    ...detailCommands(form, walk.last),
    ...listKeys(),
    undo: past.undo,
    redo: past.redo,
    submit: () => form.requestSubmit(form.querySelector(".do")),
    fold: drawer.toggle,
  });

  labelKeys(main, keys);
  const commandOf = (name) => own[name] ?? others[name];
  listenToKeys({ form, keys, signal, score: scoring.score, move: walk.move, back: walk.back, commandOf });
  listenToReading({ main, form, signal, refuse, changed });
  form.addEventListener("sixpoint:change", () => line?.matches(":not(.visually-hidden)") && say(""), { signal });
  past.begin();
  if (hasFault(form)) drawer.open();
  walk.focus(criteria.find(isFaulty) ?? criteria.find(isOpen) ?? criteria[0]);
  if (!criteria.some(isFaulty)) focusFaultyField(form);
  return {
    entries: () => entriesOf(form),
    fill: past.fill,
    faults(fields = {}) {
      if (Object.keys(fields).length) drawer.open();
      faults.show(fields);
    },
    commands: own,
  };
}

/** Says it to those who hear the page, and if `seen`, to those who see it too. */
function speak(line, text, seen) {
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("visually-hidden", !seen);
}

/** The commands that open a part of the form: the levels of the last criterion, the guidance, the feedback. */
function detailCommands(form, lastCriterion) {
  const toggle = (details) => {
    if (details) details.open = !details.open;
  };
  return {
    levels: () => toggle(lastCriterion().querySelector(".levels")),
    guidance: () => toggle(form.querySelector(".guidance")),
    feedback: () => form.elements.feedback?.focus(),
    reason: () => form.querySelector("[data-for-all]")?.focus(),
  };
}

/** Tells main, once, that there is a score. */
function firstScore(main, criteria) {
  let scored = false;
  return () => {
    if (scored || !criteria.some(answerIn)) return;
    scored = true;
    main.dispatchEvent(new CustomEvent("sixpoint:scored"));
  };
}
