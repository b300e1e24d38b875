// Prioritised level replay (Jiang, Grefenstette & Rocktäschel 2021): problems that were worth it are given again. What
// the paper calls a level is a problem here.

import type { Random } from '../core/random.ts';
import type { Curriculum, CurriculumConfig, Outcomes } from './curriculum.ts';
import { learnabilityOf } from './learnability.ts';
import { type CurriculumState, type NamedState, stateOf } from './state.ts';

type Entry = NamedState<'replay'>['problems'][number];

/** What is left of earlier tries when a problem is given again: the agent has changed since. */
const TRIES_KEPT = 0.8;

/**
 * With probability `replayShare` a problem is one of the buffer, drawn by `replayProbabilities`; else a fresh one of any
 * level. Its outcomes score it: `surprise` is the mean of |return − value| over the tokens of its last lanes (the paper's
 * L1 value loss, with Monte Carlo returns), `learnability` is p (1 − p) of its recent tries (Rutherford et al. 2024). The
 * buffer keeps the `capacity` highest scores. Unlike in the paper, an update replays a problem once at the most, so that
 * a batch holds as many problems as can be.
 *
 * Surprise is drawn to luck: where a wrong program happens to be right for some problems, these surprise most.
 */
export function replay(config: Extract<CurriculumConfig, { name: 'replay' }>, levels: number): Curriculum {
  let entries: Entry[] = [];
  return {
    assign(update, draws, random) {
      const { rankPower, staleness } = config;
      const ages = entries.map(({ seen }) => update - seen);
      const lots = new Lots(replayProbabilities(ages, rankPower, staleness));
      for (let i = 0; i < draws.levels.length; i++) {
        const found = random.uniform() < config.replayShare ? lots.draw(random) : undefined;
        if (found === undefined) {
          draws.levels[i] = random.below(levels);
          continue;
        }
        const entry = entries[found]!;
        draws.levels[i] = entry.level;
        draws.updates[i] = entry.update;
        draws.numbers[i] = entry.number;
      }
    },
    observe(outcomes) {
      const known = new Map(entries.map((entry) => [keyOf(entry.update, entry.number), entry]));
      for (const [key, played] of playedProblems(outcomes)) {
        const tries = TRIES_KEPT * (known.get(key)?.tries ?? 0) + played.tries;
        const solved = TRIES_KEPT * (known.get(key)?.solved ?? 0) + played.solved;
        const score = config.score === 'surprise' ? played.surprise / played.tries : learnabilityOf(tries, solved);
        const { level, number, update } = played;
        known.set(key, { level, update, number, score, tries, solved, seen: outcomes.update });
      }
      entries = [...known.values()].sort(byScore).slice(0, config.capacity);
    },
    evaluated: () => undefined,
    complete: true,
    get state(): CurriculumState {
      return { name: 'replay', problems: entries };
    },
    set state(state: CurriculumState) {
      entries = stateOf('replay', state).problems;
    },
  };
}

/**
 * P = (1 − ρ) P_S + ρ P_C (Jiang et al. 2021, section 3): P_S ∝ h^(1/β) with h = 1 / rank of the score, the highest
 * first, and P_C ∝ updates since the problem was last given.
 * @param ages those updates, in the order of the scores. @param rankPower 1/β, an integer: powers are products, whose
 * bits are the same everywhere. @param staleness ρ.
 */
export function replayProbabilities(ages: readonly number[], rankPower: number, staleness: number): number[] {
  const priorities = ages.map((_, i) => {
    let priority = 1;
    for (let factor = 0; factor < rankPower; factor++) priority /= i + 1;
    return priority;
  });
  const prioritySum = priorities.reduce((total, priority) => total + priority, 0);
  const ageSum = ages.reduce((total, age) => total + age, 0);
  return ages.map((age, i) => {
    const stale = ageSum > 0 ? age / ageSum : 1 / ages.length;
    return (1 - staleness) * (priorities[i]! / prioritySum) + staleness * stale;
  });
}

/** Draws by weight, without putting back. */
class Lots {
  private readonly weights: number[];
  private total: number;

  constructor(weights: readonly number[]) {
    this.weights = [...weights];
    this.total = weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** @returns the index of a lot; `undefined` when none is left. */
  draw(random: Random): number | undefined {
    const { weights } = this;
    let point = random.uniform() * this.total;
    // The last lot left where rounding lets the point fall beyond the end.
    let drawn: number | undefined;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!;
      if (weight === 0) continue;
      drawn = i;
      if (point < weight) break;
      point -= weight;
    }
    if (drawn === undefined) return undefined;
    this.total -= weights[drawn]!;
    weights[drawn] = 0;
    return drawn;
  }
}

/** Updates and numbers are below 2^24 and 2^17: exact, and in one number. */
const keyOf = (update: number, number: number): number => update * 0x20000 + number;

/** The problems of an update and what their lanes came to, by `keyOf`. */
function playedProblems({ draws, solved, surprises }: Outcomes) {
  const played = new Map<
    number,
    { level: number; update: number; number: number; tries: number; solved: number; surprise: number }
  >();
  for (const [lane, level] of draws.levels.entries()) {
    const [update, number] = [draws.updates[lane]!, draws.numbers[lane]!];
    const key = keyOf(update, number);
    let one = played.get(key);
    if (!one) {
      one = { level, update, number, tries: 0, solved: 0, surprise: 0 };
      played.set(key, one);
    }
    one.tries++;
    one.solved += solved[lane]!;
    one.surprise += surprises[lane]!;
  }
  return played;
}

/** Highest first; of equal scores the newer problem. */
const byScore = (a: Entry, b: Entry): number => b.score - a.score || b.update - a.update || a.number - b.number;
