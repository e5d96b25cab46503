// Notes on criteria, and on blocks of query and response.

import { currentBlock, watchCurrentBlock } from "../reading/blocks.js";

const textIn = (row) => row.querySelector("textarea").value.trim();
const isAt = (row, place) => place && row.dataset.part === place.part && row.dataset.block === place.block;

/**
 * `lastCriterion()` is the criterion that a note goes to; `chooseBlock()` makes the block in view current.
 * Returns the commands, `show()`, which shows the fields that are needed, and `written()`: the rows of notes on blocks.
 */
export function writeNotes({ main, form, signal, refuse, lastCriterion, chooseBlock, blockless }) {
  const notes = form.querySelector(".block-notes");
  const rows = notes ? [...notes.querySelectorAll(".block-note")] : [];

  function show() {
    if (!notes) return;
    const place = currentBlock(main);
    for (const row of rows) row.hidden = !textIn(row) && !isAt(row, place) && !row.contains(document.activeElement);
    notes.querySelector(".scripted").hidden = rows.some((row) => !row.hidden);
    notes.querySelector(".count").textContent = rows.filter(textIn).length || "";
  }

  function noteOnCriterion() {
    const details = lastCriterion().querySelector(".note");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  }

  function noteOnBlock() {
    if (!currentBlock(main)) chooseBlock();
    const row = rows.find((one) => isAt(one, currentBlock(main)));
    if (!row) return refuse(blockless);
    notes.open = true;
    row.hidden = false;
    row.querySelector("textarea").focus();
  }

  show();
  watchCurrentBlock(main, signal, show);
  return { show, written: () => rows.filter(textIn), commands: { note: noteOnCriterion, block_note: noteOnBlock } };
}
