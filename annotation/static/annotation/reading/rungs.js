// The rungs of the ladder: one for each reference answer, in the order of their overall levels.

/** The one at the place and the one after it; at the end, the one before it. */
export function pairAt(rungs, at) {
  const low = Math.max(Math.min(at, rungs.length - 2), 0);
  return rungs.slice(low, low + 2);
}

export function middle(rungs) {
  return Math.floor((rungs.length - 1) / 2);
}

/** The rung's level for a criterion by its profile, or null. */
export function levelOf(rung, criterion) {
  const item = rung.querySelector(`.profile [data-criterion="${CSS.escape(criterion)}"]`);
  return item ? Number(item.dataset.value) : null;
}

/** The rungs that have a level for the criterion, by that level. */
export function placedFor(rungs, criterion) {
  return rungs.filter((rung) => levelOf(rung, criterion) !== null).sort((a, b) => levelOf(a, criterion) - levelOf(b, criterion));
}
