// Which checkpoints of a run stay: the newest, to go on from, and a thinned history, to look back on.

/** The coarsest ladder that is tried: beyond a ratio of 2^64 no two updates are apart. */
const COARSEST = 64;

/**
 * Of `updates` those that stand nearest to a geometric ladder 1, r, r², … where r is the lowest of √2, 2, 4, … that
 * leaves `most` or fewer. What is nearest to a rung is settled when the run has passed it, so that thinning again and
 * again while a run goes on keeps what thinning once would, give or take a change of r; and a run that goes back to an
 * earlier checkpoint passes the same rungs again.
 *
 * @param updates ascending.
 */
export function thinned(updates: readonly number[], most: number): readonly number[] {
  if (most === 0 || updates.length === 0) return [];
  for (let power = 0.5; power < COARSEST; power *= 2) {
    const kept = nearestToRungs(updates, 2 ** power);
    if (kept.length <= most) return kept;
  }
  return updates.slice(0, most);
}

function nearestToRungs(updates: readonly number[], ratio: number): readonly number[] {
  const newest = updates.at(-1)!;
  const kept = new Set<number>();
  for (let rung = 1; rung <= newest; rung *= ratio) kept.add(nearest(updates, rung));
  return [...kept];
}

/** In ratios, as the ladder is; the earlier of two that are as near. */
function nearest(updates: readonly number[], rung: number): number {
  const distance = (update: number) => (update > rung ? update / rung : rung / Math.max(update, 1));
  return updates.reduce((best, update) => (distance(update) < distance(best) ? update : best));
}
