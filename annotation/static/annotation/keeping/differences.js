// Two states of one response, as entries: whether they differ, and in what. Fetched when another page was faster.

import { valuesOf } from "../annotate/entries.js";

/** The server writes times and orders fields in its own way. */
function comparable([name, value]) {
  if (name !== "looks") return JSON.stringify([name, value]);
  return JSON.stringify([name, JSON.parse(value).map(({ levels, criterion, at }) => [levels, criterion, Date.parse(at)])]);
}

/** Apart from the time. */
export function same(mine, theirs) {
  const [a, b] = [mine, theirs].map((entries) =>
    entries
      .filter(([name]) => name !== "active_seconds")
      .map(comparable)
      .sort()
      .join(),
  );
  return a === b;
}

/** A row for each thing in which they differ: what it is, here, there. */
export function rowsOf(form, mine, theirs) {
  const criteria = [...form.querySelectorAll(".criterion")].filter(({ dataset }) => dataset.name !== "overall");
  const lines = criteria.map(({ dataset: { name, title } }) => [
    title,
    ...[mine, theirs].map((entries) =>
      valuesOf(entries, name)
        .map((value) => titleOf(form, name, value))
        .join(),
    ),
  ]);
  for (const { textContent, dataset } of document.getElementById("words").content.children) {
    lines.push([textContent, ...[mine, theirs].map((entries) => describe(form, entries, dataset.fields))]);
  }
  return lines.filter(([, here, there]) => here !== there).map(rowOf);
}

function rowOf([title, ...texts]) {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", textContent: title });
  row.append(head, ...texts.map((text) => Object.assign(document.createElement("td"), { textContent: text || "–" })));
  return row;
}

/** What a choice of a criterion is called on the page, or else its value. */
function titleOf(form, name, value) {
  const choice = form.querySelector(`.criterion [name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  return choice?.dataset.title ?? value;
}

/** The values of the fields with a name, or where it ends in "-" with names that begin with it. */
function describe(form, entries, fields) {
  const chosen = entries.filter(([name]) => (fields.endsWith("-") ? name.startsWith(fields) : name === fields));
  if (fields === "looks") return chosen.map(([, value]) => JSON.parse(value).length).join();
  if (fields === "block-note-")
    return chosen.map(([name, text]) => `${name.slice(fields.length).replace("-", " ")} ${text}`).join("; ");
  return chosen.map(([name, value]) => (name === "error" ? value.replace("@", " ") : titleOf(form, name, value))).join("; ");
}
