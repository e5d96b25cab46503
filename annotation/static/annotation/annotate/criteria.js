// The criteria of the form: which one the digits score, and the ways between them.

import { phrase } from "../phrase.js";

export const answerIn = (criterion) => criterion.querySelector(".scale :checked");
export const isOpen = (criterion) => !answerIn(criterion) || criterion.querySelector(".causes:not(:has(:checked))") !== null;
export const isFaulty = (criterion) => criterion.querySelector(".fault:not([hidden])");

/**
 * One criterion is marked: the digits score it, even while the focus is in what is read. `describe` shows its level in full.
 * `main` hears "sixpoint:focus" {criterion, title, level} each time the marked criterion or its level is another.
 */
export function walkCriteria({ main, form, criteria, describe }) {
  let marked = null;
  let last = criteria[0]; // the last one that was marked
  let announced = "";
  const next = form.querySelector("#next");

  function announce() {
    const level = Number(answerIn(marked)?.value) || null;
    const { key, title, name } = marked.dataset;
    if (name === "overall" || announced === `${key} ${level}`) return; // the overall is no criterion
    announced = `${key} ${level}`;
    main.dispatchEvent(new CustomEvent("sixpoint:focus", { detail: { criterion: key, title, level } }));
  }

  function mark(criterion) {
    if (marked !== criterion) marked?.removeAttribute("data-here");
    marked = criterion;
    if (next) next.textContent = marked ? phrase(next.dataset.says, { title: marked.dataset.title }) : "";
    if (!marked) return;
    last = marked;
    marked.setAttribute("data-here", "");
    describe(marked);
    announce();
  }

  function focus(criterion) {
    if (!criterion) return;
    (answerIn(criterion) ?? criterion).focus({ preventScroll: true }); // without an answer its group: no level looks chosen
    mark(criterion);
    criterion.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const to = marked ? criteria.indexOf(marked) + step : criteria.indexOf(last);
    focus(criteria[Math.min(Math.max(to, 0), criteria.length - 1)]);
  }

  /**
   * After an answer: to the next criterion, or else to the first that is open, or else to the text that is still to be written,
   * or else to Submit. A criterion that asks for more than a score keeps the focus until it has both.
   */
  function advance() {
    if (isOpen(marked)) return focus(marked);
    const following = criteria[criteria.indexOf(marked) + 1] ?? criteria.find(isOpen);
    if (following) return focus(following);
    mark(null);
    (unwritten() ?? form.querySelector(".do")).focus();
  }

  /** The text that stands for all criteria, where it is empty and one of them has none of its own. */
  function unwritten() {
    const shared = form.querySelector("[data-for-all]");
    const own = [...form.querySelectorAll(".criterion .note textarea")];
    return shared && !shared.value.trim() && own.some(({ value }) => !value.trim()) ? shared : null;
  }

  form.addEventListener("focusin", ({ target }) => {
    if (target.closest(".acts")) mark(null);
    else if (target.closest(".criterion")) mark(target.closest(".criterion"));
  });
  form.addEventListener("pointerover", ({ target }) => {
    const value = target.closest(".scale label")?.querySelector("input").value;
    if (value) describe(target.closest(".criterion"), value);
    else if (marked) describe(marked);
  });
  form.addEventListener("pointerleave", () => marked && describe(marked));
  form.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches(".levels") && target.open) target.closest(".criterion").scrollIntoView({ block: "nearest" });
    },
    true,
  ); // it does not bubble
  return {
    focus,
    move,
    advance,
    back: () => focus(last),
    marked: () => marked,
    last: () => last,
    /** Shows the marked criterion again when its answer is another. */
    refresh: () => marked && mark(marked),
  };
}
