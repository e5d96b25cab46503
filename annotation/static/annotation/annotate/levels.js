// The level in full, in one place above the criteria, and each criterion's chosen level beside its title.

import { answerIn } from "./criteria.js";

const heights = new Map(); // of the line, by the width and what it may say: the next response has the same rubric

const levelOf = (criterion, value) => value && criterion.querySelector(`.levels [data-value="${value}"]`);

/** Returns `describe(criterion, value)`, which shows the value's level or else what the criterion is about, and `label()`. */
export function showLevels({ form, criteria, signal }) {
  const line = form.querySelector("#level");

  function describe(criterion, value = answerIn(criterion)?.value, place = line) {
    const title = document.createElement("b");
    title.textContent = criterion.dataset.title;
    const level = levelOf(criterion, value);
    const about = level ? level.cloneNode(true).childNodes : [criterion.querySelector("[id^=about-]")?.textContent ?? ""];
    place.replaceChildren(title, " ", ...about);
  }

  /** A copy of the line, out of sight and of the line's width, with the description of one value. */
  function trialOf(criterion, value, width) {
    const trial = line.cloneNode(false);
    trial.removeAttribute("id");
    Object.assign(trial.style, { position: "absolute", visibility: "hidden", margin: "0", width });
    describe(criterion, value, trial);
    return trial;
  }

  /** Makes the line high enough for the longest description, so that nothing moves under the pointer. */
  function fitHeight() {
    line.style.minHeight = "";
    const width = `${line.offsetWidth}px`;
    const known = `${width} ${criteria.map(({ dataset }) => dataset.title)} ${form.querySelector(".levels")?.textContent}`;
    if (!heights.has(known)) heights.set(known, tallest(width));
    line.style.minHeight = `${heights.get(known)}px`;
    form.style.setProperty("--level", `${heights.get(known)}px`);
  }

  function tallest(width) {
    const valuesOf = (criterion) => [
      "",
      ...[...criterion.querySelectorAll(".levels [data-value]")].map(({ dataset }) => dataset.value),
    ];
    // All are laid out at once: one by one takes long.
    const trials = criteria.flatMap((criterion) => valuesOf(criterion).map((value) => trialOf(criterion, value, width)));
    line.after(...trials);
    const height = Math.max(...trials.map((trial) => trial.offsetHeight));
    for (const trial of trials) trial.remove();
    return height;
  }

  function label() {
    for (const criterion of criteria) {
      const value = answerIn(criterion)?.value;
      for (const name of criterion.querySelectorAll(".chosen > *")) name.classList.toggle("shown", name.dataset.value === value);
    }
  }

  if (!line) return { describe: () => {}, label };
  line.hidden = false;
  fitHeight();
  let width = form.clientWidth;
  const resized = new ResizeObserver(() => {
    if (width !== form.clientWidth) fitHeight();
    width = form.clientWidth;
  });
  resized.observe(form);
  signal.addEventListener("abort", () => resized.disconnect());
  return { describe, label };
}
