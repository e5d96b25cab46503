/** Puts values into a phrase of the page: "block {block}". */
export function phrase(text, values) {
  return (text ?? "").replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}
