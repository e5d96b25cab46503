// What the server does not take: each fault at its field, and all of them in the list above the criteria.

import { isFaulty } from "./criteria.js";

const SHOWN = ".fault:not([hidden])";

export const hasFault = (form) => Boolean(form.querySelector(SHOWN));

/** Focuses the first field with a fault that belongs to no criterion. */
export function focusFaultyField(form) {
  form.querySelector(SHOWN)?.parentElement.closest(".field, .errors, .concern")?.querySelector("textarea, input")?.focus();
}

/**
 * `fields` has the words of each fault by its field, as "scores.text_quality"; the focus goes to the first.
 * Without any, none are left.
 */
export function showFaults({ form, criteria, focus, fields }) {
  const list = form.querySelector("#faults");
  const lines = [];
  for (const old of form.querySelectorAll(".fault")) Object.assign(old, { textContent: "", hidden: true });
  for (const [field, fault] of Object.entries(fields)) {
    const [head, key] = field.split(".");
    const criterion = criteria.find(({ dataset }) => dataset.key === (key ?? head));
    const place =
      form.querySelector(`#fault-${CSS.escape(field.replace(".", "-"))}`) ??
      form.querySelector(`#fault-${CSS.escape(criterion ? criterion.dataset.key : head)}`);
    const label = place?.closest("details, p.field")?.querySelector("summary, label");
    const name = criterion?.dataset.title ?? label?.firstChild.textContent.trim() ?? field;
    if (place) Object.assign(place, { textContent: fault, hidden: false });
    lines.push(Object.assign(document.createElement("li"), { textContent: `${name}: ${fault}` }));
  }
  list.hidden = !lines.length;
  list.querySelector("ul").replaceChildren(...lines);
  if (!lines.length) return;
  const criterion = criteria.find(isFaulty);
  if (criterion) focus(criterion);
  else focusFaultyField(form);
}
