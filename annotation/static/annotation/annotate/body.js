// The form as the body that the API takes, and back.

/** Without what is empty and may be left out, as forms.posted_judgement reads it. */
export function judgement(form) {
  const data = new FormData(form);
  const filled = (prefix) => [...data].filter(([name, value]) => name.startsWith(prefix) && value.trim()).map(([name, value]) => [name.slice(prefix.length), value]);
  const numbers = (pairs) => Object.fromEntries(pairs.map(([key, value]) => [key, /^\d+$/.test(value) ? Number(value) : value]));
  const marks = {
    overall: data.get("overall") ? Number(data.get("overall")) : null,
    notes: Object.fromEntries(filled("note-")),
    block_notes: filled("block-note-").map(([name, text]) => ({ part: name.split("-")[0], block: Number(name.split("-")[1]), text })),
    errors: data.getAll("error").map((value) => value.split("@")).map(([type, block]) => ({ type, block: block ? Number(block) : null })),
    confidence: numbers(filled("confidence-")),
    looks: JSON.parse(data.get("looks") || "[]"),
  };
  const isFilled = ([, value]) => value !== null && (typeof value !== "object" || Object.keys(value).length);
  return {
    scores: numbers(filled("score-")),
    penalties: data.getAll("penalty"),
    feedback: data.get("feedback") ?? "",
    active_seconds: Number(data.get("active_seconds")),
    ...Object.fromEntries(Object.entries(marks).filter(isFilled)),
  };
}

/** Gives the form the values of a body. */
export function fillForm({ form, setErrors }, body) {
  const answers = { score: body.scores, confidence: body.confidence };
  for (const input of form.querySelectorAll("[type=radio]:is([name^=score-], [name^=confidence-], [name=overall])")) {
    const [kind, ...key] = input.name.split("-");
    const answer = kind === "overall" ? body.overall : answers[kind]?.[key.join("-")];
    input.checked = String(answer ?? "") === input.value;
  }
  for (const input of form.querySelectorAll("[name=penalty]")) input.checked = body.penalties?.includes(input.value) ?? false;
  for (const text of form.querySelectorAll("textarea[name^=note-]")) {
    text.value = body.notes?.[text.name.slice("note-".length)] ?? "";
    if (text.value) text.closest("details").open = true;
  }
  for (const row of form.querySelectorAll(".block-note")) {
    const note = body.block_notes?.find(({ part, block }) => part === row.dataset.part && String(block) === row.dataset.block);
    row.querySelector("textarea").value = note?.text ?? "";
  }
  setErrors((body.errors ?? []).map(({ type, block }) => (block === null ? type : `${type}@${block}`)));
  const texts = { feedback: body.feedback ?? "", active_seconds: body.active_seconds ?? 0, looks: JSON.stringify(body.looks ?? []) };
  const number = form.querySelector("[name=overall][type=number]");
  if (number) number.value = body.overall ?? "";
  for (const [name, value] of Object.entries(texts)) if (form.elements[name]) form.elements[name].value = value;
}
