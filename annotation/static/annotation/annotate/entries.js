// The form's entries, [name, value] each, as the browser sends them. On the server forms/submission.py and forms/decision.py
// read them.

const MADE_FOR = ["csrfmiddlewaretoken", "idempotency_key", "draft_version", "revision", "phase"];

/** What the form has besides the judgement: what it was made for, and why it is skipped, flagged or left in another way. */
const besides = (form) => new Set([...MADE_FOR, ...[...form.querySelectorAll(".concern [name]")].map(({ name }) => name)]);

/** The entries of the judgement, without those that are empty. */
export function entriesOf(form) {
  const others = besides(form);
  return [...new FormData(form)].filter(([name, value]) => !others.has(name) && value.trim());
}

export const valuesOf = (entries, name) => entries.filter(([one]) => one === name).map(([, value]) => value);

/** Sets the fields of the judgement by name; those without an entry are emptied. `setErrors` is markErrors' `set`. */
export function fillForm(form, entries, setErrors) {
  const others = besides(form);
  for (const field of form.elements) {
    if (!field.name || others.has(field.name)) continue;
    const values = valuesOf(entries, field.name);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
    const note = field.closest(".note");
    if (note && field.value) note.open = true;
  }
  setErrors(valuesOf(entries, "error")); // those on blocks have no fields before
}
