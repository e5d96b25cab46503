// Errors: on the whole response by a box each, on a block of it by a box that is added when the error is marked there.

import { phrase } from "../phrase.js";
import { currentBlock, watchCurrentBlock } from "../reading/blocks.js";

/** The value of an error's box is its key, and where it is on one block "@" and the block's number. */
const valueOn = (key, block) => `${key}@${block}`;
const partsOf = (value) => value.split("@");

/**
 * An error is put on the response, or on the block of it that is current, and taken off by the same key or click.
 * `notesOnBlocks()` are the rows of notes on blocks, which are shown at their blocks as errors are.
 * Returns the commands, `set(values)`, which makes the marked errors those with the values, `nameOf(value)` and `showAtBlocks()`.
 */
export function markErrors({ main, form, signal, words, say, notesOnBlocks }) {
  const boxes = [...form.querySelectorAll(".errors .chips:first-of-type input")];
  const onBlocks = form.querySelector(".on-blocks");
  const currentOfResponse = () => (currentBlock(main)?.part === "response" ? currentBlock(main).block : null);
  const boxOf = (key) => boxes.find(({ value }) => value === key);
  const titleOf = (key) => boxOf(key)?.dataset.title ?? key;
  const titleOn = (key, block) => phrase(words.marked, { title: titleOf(key), block });
  const changed = () => onBlocks.dispatchEvent(new Event("input", { bubbles: true }));

  function addToBlock(key, block) {
    const chip = document.createElement("label");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "error", value: valueOn(key, block), checked: true });
    chip.className = "chip";
    chip.append(box, titleOn(key, block));
    onBlocks.append(chip);
  }

  function toggleOnBlock(key, block) {
    const marked = onBlocks.querySelector(`[value="${CSS.escape(valueOn(key, block))}"]`);
    if (marked) marked.parentElement.remove();
    else addToBlock(key, block);
    changed();
    say(phrase(marked ? words.off : words.on, { title: titleOn(key, block) }));
  }

  function toggleByKey(box) {
    if (currentOfResponse()) return toggleOnBlock(box.value, currentOfResponse());
    box.click();
    say(phrase(box.checked ? words.on : words.off, { title: box.dataset.title }));
  }

  function set(values) {
    for (const box of boxes) box.checked = values.includes(box.value);
    if (!onBlocks) return; // the project has no errors any more
    onBlocks.replaceChildren();
    for (const [key, block] of values.map(partsOf)) if (block) addToBlock(key, block);
  }

  /** What was written of a block, and the errors on it, stand below the block too. */
  function showAtBlocks() {
    for (const old of main.querySelectorAll(".block-marks.own")) old.remove();
    const showAt = (part, number, className, text) => {
      const item = main.querySelector(`li[data-part="${part}"][data-block="${number}"]`);
      item?.append(Object.assign(document.createElement("p"), { className: `block-marks own ${className}`, textContent: text }));
    };
    for (const box of onBlocks?.querySelectorAll("input") ?? []) {
      const [key, number] = partsOf(box.value);
      showAt("response", number, "error", titleOf(key));
    }
    for (const row of notesOnBlocks()) showAt(row.dataset.part, row.dataset.block, "remark", row.querySelector("textarea").value);
  }

  function showPlace() {
    const place = form.querySelector(".errors .where");
    const block = currentOfResponse();
    if (place) place.textContent = block ? phrase(words.block, { block }) : words.response;
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (!box.checked || !currentOfResponse()) return;
      event.preventDefault();
      toggleOnBlock(box.value, currentOfResponse());
    });
  }
  onBlocks?.addEventListener("change", ({ target }) => {
    target.parentElement.remove();
    boxOf(partsOf(target.value)[0])?.focus();
    changed();
  });
  showPlace();
  showAtBlocks();
  watchCurrentBlock(main, signal, showPlace);
  const byNumber = boxes.map((box, index) => [`error_${index + 1}`, () => toggleByKey(box)]);
  const nameOf = (value) => {
    const [key, block] = partsOf(value);
    return block ? titleOn(key, block) : titleOf(key);
  };
  return { set, showAtBlocks, nameOf, commands: Object.fromEntries(byNumber) };
}
