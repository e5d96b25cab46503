// Two states of one response: whether they differ, and in what. Fetched when another page was faster.

/** Comparable: without what is empty, and in one order. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null && part !== "" && Object.keys(part).length !== 0 || typeof part === "number");
  return Object.fromEntries(kept.sort().map(([key, part]) => [key, key === "at" ? Date.parse(part) : plain(part)]));
}

/** Apart from the time. */
export function same(mine, theirs) {
  const [a, b] = [mine, theirs].map((body) => JSON.stringify(plain({ ...body, active_seconds: null })));
  return a === b;
}

/** A row for each thing in which they differ: what it is, here, there. */
export function differences(form, mine, theirs) {
  const text = (value) => (value === undefined || value === "" ? "–" : String(value));
  const rows = [...form.querySelectorAll(".criterion")].map((criterion) => {
    const { key, title } = criterion.dataset;
    return [title, text(mine.scores?.[key]), text(theirs.scores?.[key])];
  });
  for (const word of document.getElementById("words").content.children) {
    const key = word.dataset.say;
    rows.push([word.textContent, ...[mine[key], theirs[key]].map((value) => text(described(key, value)))]);
  }
  return rows.filter(([, here, there]) => here !== there).map(([title, here, there]) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = title;
    const cells = [here, there].map((said) => Object.assign(document.createElement("td"), { textContent: said }));
    row.append(head, ...cells);
    return row;
  });
}

function described(key, value) {
  if (value === null || typeof value !== "object") return value ?? "";
  const parts = Object.values(value);
  if (key === "looks") return parts.length || "";
  return parts.map((part) => (typeof part === "object" ? Object.values(part).join(" ") : part)).join("; ");
}
