// Scores by key: a level or "not applicable" for the marked criterion, how sure one is of it, and penalties.

import { phrase } from "../phrase.js";

/** `walk` is what walkCriteria returns. Returns `score(value)` and the commands. */
export function scoreByKey({ form, walk, words, say, refuse }) {
  function score(value) {
    const criterion = walk.marked();
    if (!criterion) return;
    const { title } = criterion.dataset;
    const input = criterion.querySelector(`.scale input[value="${value}"]`);
    if (!input) return refuse(phrase(value === "na" ? words.noNa : words.noLevel, { title, answer: value }));
    input.click();
    const label = criterion.querySelector(".chosen")?.textContent;
    say(phrase(words.scored, { title, answer: value === "na" ? words.na : label ? `${value}, ${label}` : value }));
    walk.advance();
  }

  /** Unsure, fairly sure, sure, and unsure again. */
  function confidence() {
    const criterion = walk.last();
    const choices = [...criterion.querySelectorAll(".sure input")];
    const choice = choices[choices.findIndex(({ checked }) => checked) + 1] ?? choices[0];
    if (!choice) return;
    choice.click();
    say(phrase(words.scored, { title: criterion.dataset.title, answer: choice.getAttribute("aria-label") }));
  }

  function togglePenalty(box) {
    box.click();
    say(phrase(box.checked ? words.on : words.off, { title: box.dataset.title }));
  }

  const penalties = [...form.querySelectorAll("[name=penalty]")];
  const byNumber = penalties.map((box, index) => [`penalty_${index + 1}`, () => togglePenalty(box)]);
  return { score, commands: { na: () => score("na"), confidence, ...Object.fromEntries(byNumber) } };
}
