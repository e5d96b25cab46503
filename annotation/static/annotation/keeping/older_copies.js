// Copies that were made before the form's entries were copied hold the body that the API takes. None is older than 30 days:
// this file can go a month after everybody has the new pages.

/** The entries of a form that is filled with the body. */
export function entriesOfBody(body = {}) {
  const each = (prefix, values) => Object.entries(values ?? {}).map(([key, value]) => [`${prefix}${key}`, String(value)]);
  const blockNotes = (body.block_notes ?? []).map(({ part, block, text }) => [`block-note-${part}-${block}`, text]);
  const errors = (body.errors ?? []).map(({ type, block }) => ["error", block === null ? type : `${type}@${block}`]);
  const single = { overall: body.overall, feedback: body.feedback, active_seconds: body.active_seconds };
  return [
    ...each("score-", body.scores),
    ...each("confidence-", body.confidence),
    ...each("note-", body.notes),
    ...(body.penalties ?? []).map((key) => ["penalty", key]),
    ...blockNotes,
    ...errors,
    ...each("", single).filter(([name]) => (single[name] ?? "") !== ""),
    ...(body.looks?.length ? [["looks", JSON.stringify(body.looks)]] : []),
  ];
}
