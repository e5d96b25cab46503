// What the server does not take: each fault at its field, and all of them in a list above Submit, in the order of the form.
// A fault is gone as soon as its field has another value than the one that was refused, and is there again when it has it again.

import { isFaulty } from "./criteria.js";
import { entriesOf } from "./entries.js";
import { measureFoot } from "./foot.js";

const SHOWN = ".fault:not([hidden])";
const NAMES = { confidence: "confidence-", notes: "note-" };

export const hasFault = (form) => Boolean(form.querySelector(SHOWN));

/** Focuses the first field with a fault that belongs to no criterion. */
export function focusFaultyField(form) {
  const place = form.querySelector(SHOWN)?.parentElement.closest(".field, .errors, .concern");
  place?.querySelector("textarea, input")?.focus();
}

/** Returns `show(fields)`, which shows the words of each fault by its field, as "scores.text_quality", and `refresh()`. */
export function pointOutFaults({ form, criteria, focus }) {
  const list = form.querySelector("#faults");
  let faults = [];
  let shown = "";

  function faultOf([field, words]) {
    const [head, key] = field.split(".");
    const criterion = criteria.find(({ dataset }) => dataset.key === (key ?? head));
    const place =
      form.querySelector(`#fault-${CSS.escape(field.replace(".", "-"))}`) ??
      form.querySelector(`#fault-${CSS.escape(criterion ? criterion.dataset.key : head)}`);
    const label = place?.closest("details, p.field, .errors")?.querySelector("summary, label, h3");
    const title = criterion?.dataset.title ?? label?.firstChild.textContent.trim() ?? field;
    const names = namesOf(head, key, criterion, place);
    return { words, place, criterion, title, names, refused: valuesIn(names) };
  }

  /** The names of the fields that the fault is about. */
  function namesOf(head, key, criterion, place) {
    if (criterion && (head === "scores" || !key)) return [criterion.dataset.name];
    if (criterion && NAMES[head]) return [NAMES[head] + key];
    const around = place?.closest(".cause, .note, .field, .errors, .block-notes, .criterion");
    return [...(around?.querySelectorAll("[name]") ?? [])].map(({ name }) => name);
  }

  const valuesIn = (names) => JSON.stringify(entriesOf(form).filter(([name]) => names.includes(name)));

  function linkTo({ place, criterion, title }) {
    const link = Object.assign(document.createElement("a"), { href: "#", textContent: title });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (criterion) focus(criterion);
      else place?.parentElement.closest(".field, .errors, .block-notes")?.querySelector("textarea, input, summary")?.focus();
    });
    return place ? link : title;
  }

  /** One line for all fields of which the same is said: the words stand at each of them already. */
  function lines(faults) {
    const byWords = new Map();
    for (const fault of faults) byWords.set(fault.words, [...(byWords.get(fault.words) ?? []), fault]);
    return [...byWords].map(([words, same]) => {
      const line = document.createElement("li");
      const links = same.flatMap((fault, index) => (index ? [", ", linkTo(fault)] : [linkTo(fault)]));
      line.append(...links, `: ${words}`);
      return line;
    });
  }

  function refresh() {
    if (!faults.length && !shown) return;
    const left = faults.filter(({ names, refused }) => !names.length || valuesIn(names) === refused);
    const now = left.map(({ title, words }) => `${title}: ${words}`).join("\n");
    if (now === shown) return;
    shown = now;
    for (const old of form.querySelectorAll(SHOWN)) Object.assign(old, { textContent: "", hidden: true });
    for (const { place, words } of left.filter((fault) => fault.place))
      Object.assign(place, { textContent: [place.textContent, words].filter(Boolean).join("; "), hidden: false });
    list.hidden = !left.length;
    list.querySelector("ul").replaceChildren(...lines(left));
    measureFoot(form);
  }

  function show(fields) {
    faults = Object.entries(fields).map(faultOf);
    faults.sort((a, b) => placeIn(form, a.place) - placeIn(form, b.place));
    shown = "before";
    refresh();
    if (!faults.length) return;
    const criterion = criteria.find(isFaulty);
    if (criterion) focus(criterion);
    else focusFaultyField(form);
  }

  return { show, refresh };
}

/** Where the element stands among all faults of the form; without one, after them. */
function placeIn(form, place) {
  return place ? [...form.querySelectorAll(".fault")].indexOf(place) : Number.POSITIVE_INFINITY;
}
