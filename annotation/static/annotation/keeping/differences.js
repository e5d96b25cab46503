// Two states of one response: whether they differ, and in what. Fetched when another page was faster.

/** Comparable: without what is empty, and in one order. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const isFilled = ([, part]) => typeof part === "number" || (part !== null && part !== "" && Object.keys(part).length !== 0);
  const parts = Object.entries(value).filter(isFilled).sort();
  return Object.fromEntries(parts.map(([key, part]) => [key, key === "at" ? Date.parse(part) : plain(part)]));
}

/** Apart from the time. */
export function same(mine, theirs) {
  const [a, b] = [mine, theirs].map((body) => JSON.stringify(plain({ ...body, active_seconds: null })));
  return a === b;
}

/** A row for each thing in which they differ: what it is, here, there. */
export function rowsOf(form, mine, theirs) {
  const text = (value) => (value === undefined || value === "" ? "–" : String(value));
  const lines = [...form.querySelectorAll(".criterion")].map((criterion) => {
    const { key, title } = criterion.dataset;
    return [title, text(mine.scores?.[key]), text(theirs.scores?.[key])];
  });
  for (const word of document.getElementById("words").content.children) {
    const key = word.dataset.say;
    lines.push([word.textContent, ...[mine[key], theirs[key]].map((value) => text(describe(key, value)))]);
  }
  return lines.filter(([, here, there]) => here !== there).map(rowOf);
}

function rowOf([title, ...texts]) {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), { scope: "row", textContent: title });
  row.append(head, ...texts.map((textContent) => Object.assign(document.createElement("td"), { textContent })));
  return row;
}

function describe(key, value) {
  if (value === null || typeof value !== "object") return value ?? "";
  const parts = Object.values(value);
  if (key === "looks") return parts.length || "";
  return parts.map((part) => (typeof part === "object" ? Object.values(part).join(" ") : part)).join("; ");
}
