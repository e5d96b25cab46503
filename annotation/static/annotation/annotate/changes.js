// What differs between two states of the form, in words.

import { phrase } from "../phrase.js";
import { valuesOf } from "./entries.js";

const LONGEST = 60; // characters of a text that are said
const MOST = 3; // things that are named

/** `earlier` and `later` are entries. Returns the names of the fields that differ, and what the later state did: `what`. */
export function describeChange({ form, earlier, later, words, nameOfError }) {
  const names = [...new Set([...later, ...earlier].map(([name]) => name))].filter(
    (name) => String(valuesOf(earlier, name)) !== String(valuesOf(later, name)),
  );
  const parts = names.flatMap((name) => describeField({ form, name, earlier, later, words, nameOfError }));
  return { names, what: parts.slice(0, MOST).join("; ") + (parts.length > MOST ? "; …" : "") };
}

function describeField({ form, name, earlier, later, words, nameOfError }) {
  const [before, after] = [earlier, later].map((entries) => valuesOf(entries, name));
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (name === "error" || field?.type === "checkbox") {
    const titleOf = (value) => (name === "error" ? nameOfError(value) : titleOfBox(form, name, value));
    const marked = after.filter((value) => !before.includes(value)).map((value) => phrase(words.on, { title: titleOf(value) }));
    const cleared = before.filter((value) => !after.includes(value)).map((value) => phrase(words.off, { title: titleOf(value) }));
    return [...marked, ...cleared];
  }
  const title = titleOfField(field) ?? name;
  if (field?.matches("textarea, input:not([type=radio])"))
    return [`${title}: ${difference(before[0] ?? "", after[0] ?? "", words)}`];
  const answer = after.length ? answerOf(form, name, after[0], words) : words.cleared;
  return [phrase(words.scored, { title, answer })];
}

function titleOfBox(form, name, value) {
  return form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.dataset.title ?? value;
}

/** What a field is called on the page. */
function titleOfField(field) {
  const criterion = field?.closest(".criterion");
  if (criterion && field.type === "radio") return criterion.dataset.title;
  return field?.getAttribute("aria-label") ?? field?.labels?.[0]?.firstChild.textContent.trim();
}

function answerOf(form, name, value, words) {
  const choice = form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  if (value === "na") return words.na;
  if (choice?.dataset.title) return choice.dataset.title;
  if (name.startsWith("confidence-")) return choice?.getAttribute("aria-label") ?? value;
  const label = choice?.closest(".criterion")?.querySelector(`.chosen [data-value="${CSS.escape(value)}"]`)?.textContent;
  return label ? `${value}, ${label}` : (choice?.selectedOptions?.[0]?.textContent ?? value);
}

/** What was written or deleted, between the beginning and the end that both texts have. */
function difference(before, after, words) {
  const [old, now] = [[...before], [...after]]; // by characters
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [gone, come] = [old, now].map((text) => clipped(text.slice(start, text.length - end)));
  return come ? phrase(words.written, { text: come }) : phrase(words.deleted, { text: gone });
}

function clipped(characters) {
  const text = characters.join("").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
