// Scores by key: a level or "not applicable" for the marked criterion, how sure one is of it, why annotators differed on it,
// and penalties.

import { phrase } from "../phrase.js";
import { answerIn } from "./criteria.js";

/** Commands by number: penalty_1, penalty_2 … */
const numbered = (name, acts) => Object.fromEntries(acts.map((act, index) => [`${name}_${index + 1}`, act]));

/** `walk` is what walkCriteria returns. Returns `score(value)` and the commands. */
export function scoreByKey({ form, walk, words, say, refuse }) {
  function score(value) {
    const criterion = walk.marked();
    if (!criterion) return;
    const { title } = criterion.dataset;
    const input = criterion.querySelector(`.scale input[value="${value}"], .scale input[data-digit="${value}"]`);
    if (!input) return refuse(phrase(value === "na" ? words.noNa : words.noLevel, { title, answer: value }));
    input.click();
    const label = criterion.querySelector(".chosen .shown")?.textContent;
    const answer = input.dataset.title ?? (label ? `${value}, ${label}` : value);
    say(phrase(words.scored, { title, answer: value === "na" ? words.na : answer }));
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

  /** A penalty that is asked like a criterion: applies, or does not, and then the other. */
  function answerPenalty(criterion) {
    walk.focus(criterion);
    score(answerIn(criterion)?.dataset.digit === "1" ? "0" : "1");
  }

  function chooseCause(index) {
    const criterion = walk.marked() ?? walk.last();
    const choice = criterion.querySelectorAll(".causes input")[index];
    if (!choice) return refuse(phrase(words.noCause, { title: criterion.dataset.title }));
    walk.focus(criterion);
    choice.click();
    say(phrase(words.scored, { title: criterion.dataset.title, answer: choice.dataset.title }));
    walk.advance();
  }

  const penalties = [...form.querySelectorAll("[name=penalty]")].map((box) => () => togglePenalty(box));
  const asked = [...form.querySelectorAll(".criterion:has(.words)")].map((criterion) => () => answerPenalty(criterion));
  const choices = form.querySelector(".causes")?.querySelectorAll("input") ?? [];
  const causes = [...choices].map((_choice, index) => () => chooseCause(index));
  const byNumber = { ...numbered("penalty", [...penalties, ...asked]), ...numbered("cause", causes) };
  return { score, commands: { na: () => score("na"), confidence, ...byNumber } };
}
