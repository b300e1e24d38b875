// State patching: at one step the agent's state, its encoded context, or both become another problem's. Whose program
// does it go on with? So it shows where what is still to be done is kept (interchange interventions: Geiger et al. 2021,
// "Causal abstractions of neural networks"; activation patching: Vig et al. 2020).

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import type { Playback } from '../playback.ts';
import type { Criterion, Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, grouped } from '../trials.ts';
import { collect, jostle, type Shown, scramble, shownOf, strangers } from './contexts.ts';
import { type Own, ownPrograms, type Pair, pairsOf, solves } from './pairs.ts';
import { criteriaOf, type Deciding, deciding } from './patchCriteria.ts';
import { followed, PATCHES, type Patch, type Patched } from './patches.ts';
import { PATCHING } from './streams.ts';
import { randomAlike } from './vectors.ts';

/** What came of one patch at one step of one level: shares of its pairs. */
export interface PatchCell {
  readonly level: number;
  readonly step: number;
  readonly patch: Patch;
  readonly pairs: number;
  /** The donor's own continuation, token for token; the host's; or another. */
  readonly donor: number;
  readonly host: number;
  readonly neither: number;
  /** The same of the first token that tells the two apart alone. */
  readonly donorFirst: number;
  readonly hostFirst: number;
  /** Programs that are right for the donor's problem, and for the host's. */
  readonly rightForDonor: number;
  readonly rightForHost: number;
}

export interface Patching {
  readonly kind: 'patching';
  readonly pairs: number;
  readonly cells: readonly PatchCell[];
  readonly decides: Deciding;
  readonly criteria: readonly Criterion[];
}

export interface PatchOptions {
  /** Problems of each level that hosts and donors are taken from. Default 300. */
  readonly pool?: number;
  /** Pairs for each level and step. Default 16. */
  readonly each?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
}

/** What untrained networks are patched with. */
const UNTRAINED = ['state', 'memory', 'both'] as const;
const OWN = PATCHES.filter((patch) => !patch.startsWith('untrained'));

/** Where nothing can be patched, because a state is the whole sequence, there are no cells. */
export function patching(subject: Subject, options: PatchOptions = {}, progress?: Progress): Patching {
  const { each = 16, levels = subject.task.levels.map((_, level) => level), pool = 300 } = options;
  const random = subject.random('causal').fold(PATCHING);
  const [playback, fresh] = [subject.playback(), subject.playback(subject.untrained)];
  const task = subject.extended;
  const results: Patched[] = [];
  for (const [i, level] of subject.network.sequence ? [] : levels.entries()) {
    progress?.(i, levels.length, `patching ${task.levels[level]!.name}`);
    const chance = random.fold(level);
    const problems = subject.problems(level, 'test', pool, chance.fold(0));
    const patched = (player: Playback, patches: readonly Patch[]) => {
      const own = ownPrograms(player, problems);
      const pairs = pairsOf(task, player, own, { each, random: chance.fold(1) });
      return patchAll(task, player, own, pairs, patches, chance.fold(2));
    };
    results.push(...patched(playback, OWN));
    for (const { patch, ...one } of patched(fresh, UNTRAINED)) {
      results.push({ ...one, patch: `untrained ${patch}` as Patch });
    }
  }
  const criteria = criteriaOf(task, results, random.fold(1000));
  return {
    kind: 'patching',
    pairs: results.filter(({ patch }) => patch === 'none').length,
    cells: cellsOf(task, results),
    decides: deciding(task, results, random.fold(1001)),
    criteria,
  };
}

/** What a batch of patches needs to know. */
interface Batch {
  readonly task: Task;
  readonly playback: Playback;
  readonly pairs: readonly Pair[];
  /** [pairs] the donor's state at the step of its pair. */
  readonly states: readonly Float32Array[];
  /** [pairs] the place of another pair of the same step, or its own where it is the only one. */
  readonly next: readonly number[];
  /** By place of a pair the contexts that its places are encoded in, for those that were chosen for it. */
  readonly strange: ReadonlyMap<number, readonly Shown[]>;
  readonly random: Random;
}

/** Lanes whose contexts are encoded place by place at once: each takes as many contexts as it has tokens. */
const BLANKED = 24;
/** Pairs of a level whose memory is blanked, at the most. */
const MOST_BLANKED = 96;

function patchAll(
  task: Task,
  playback: Playback,
  pool: readonly Own[],
  pairs: readonly Pair[],
  patches: readonly Patch[],
  random: Random,
): Patched[] {
  if (pairs.length === 0) return [];
  const { remembers, states } = donorStates(playback, pairs);
  const strange = new Map<number, readonly Shown[]>();
  const shown = pool.map(({ problem }) => shownOf(task, problem));
  const chance = random.fold(BLANK);
  for (const i of chance.shuffled(pairs.keys()).slice(0, MOST_BLANKED)) {
    const found = strangers(task, shownOf(task, pairs[i]!.host.problem), shown, chance.fold(i));
    if (found) strange.set(i, found);
  }
  const batch = { task, playback, pairs, states, next: neighbours(pairs), strange, random };
  return patches.flatMap((patch) => {
    if (!remembers && patch.includes('memory')) return [];
    const blank = patch === 'blank memory' || patch === 'jostled memory';
    const places = blank ? [...strange.keys()] : [...pairs.keys()];
    return batches(places, blank ? BLANKED : playback.lanes).flatMap((lanes) => play(batch, patch, lanes));
  });
}

/** Streams of one level's patches. */
const [BLANK, RANDOM_STATE, RANDOM_MEMORY, JOSTLED] = [0, 1, 2, 3];

/** @param lanes [lanes] places among the pairs. */
function play(batch: Batch, patch: Patch, lanes: readonly number[]): Patched[] {
  const { next, pairs, playback, random, states } = batch;
  const hosts = lanes.map((i) => pairs[i]!.host);
  const extra = contextsOf(batch, patch, lanes);
  const newState = lanes.map((i) => {
    if (patch === 'state' || patch === 'both') return states[i]!;
    if (patch === 'another state') return states[next[i]!]!;
    return patch === 'random state' ? randomAlike(states[i]!, random.fold(RANDOM_STATE).fold(i)) : undefined;
  });
  const played = playback.play(
    hosts.map(({ problem }) => problem),
    {
      choice: { kind: 'greedy' },
      extra,
      hooks: {
        encoded(view) {
          if (patch === 'random memory') scramble(view, lanes, extra, random.fold(RANDOM_MEMORY));
          if (patch === 'blank memory') collect(view, lanes.length, extra);
          if (patch === 'jostled memory') jostle(view, lanes, extra, random.fold(JOSTLED));
        },
        state(view) {
          for (const [row, lane] of view.lanes.entries()) {
            if (pairs[lanes[lane]!]!.step !== view.step) continue;
            if (newState[lane]) view.state(row).set(newState[lane]);
            if (extra.length > 0) view.contexts[lane] = lanes.length + lane;
          }
        },
        // What comes before the patch is the host's own.
        token: (step, lane) => (step < pairs[lanes[lane]!]!.step ? hosts[lane]!.program[step] : undefined),
      },
    },
  );
  return played.map(({ program, solved }, lane) => ({ pair: pairs[lanes[lane]!]!, patch, program, solved }));
}

/** The context that each lane looks at from its step on, then others that make it; none where it keeps its own. */
function contextsOf({ next, pairs, strange, task }: Batch, patch: Patch, lanes: readonly number[]): Shown[] {
  switch (patch) {
    case 'memory':
    case 'both':
    case 'random memory':
      return lanes.map((i) => shownOf(task, pairs[i]!.donor.problem));
    case 'another memory':
      return lanes.map((i) => shownOf(task, pairs[next[i]!]!.donor.problem));
    case 'blank memory':
    case 'jostled memory':
      return [...lanes.map((i) => shownOf(task, pairs[i]!.host.problem)), ...lanes.flatMap((i) => strange.get(i)!)];
    default:
      return [];
  }
}

/** The states of the donors at the steps of their pairs, and whether the agent keeps a memory of its context at all. */
function donorStates(playback: Playback, pairs: readonly Pair[]) {
  let remembers = false;
  const states = batches(pairs, playback.lanes).flatMap((some) => {
    const found: Float32Array[] = [];
    playback.play(
      some.map(({ donor }) => donor.problem),
      {
        choice: { kind: 'greedy' },
        hooks: {
          encoded: ({ context }) => {
            remembers = context(0).length > 0;
          },
          state(view) {
            for (const [row, lane] of view.lanes.entries()) {
              if (some[lane]!.step === view.step) found[lane] = view.state(row).slice();
            }
          },
        },
      },
    );
    return found;
  });
  return { states, remembers };
}

function neighbours(pairs: readonly Pair[]): number[] {
  const bySteps = grouped(pairs.keys(), (i) => pairs[i]!.step);
  return pairs.map(({ step }, i) => {
    const some = bySteps.get(step)!;
    return some[(some.indexOf(i) + 1) % some.length]!;
  });
}

function cellsOf(task: Task, results: readonly Patched[]): PatchCell[] {
  const cells = grouped(results, ({ pair, patch }) => `${pair.host.problem.level} ${pair.step} ${patch}`);
  return Array.from(cells.values(), (some) => {
    const { pair, patch } = some[0]!;
    const ways = some.map(followed);
    const share = (test: (i: number) => boolean) => some.filter((_, i) => test(i)).length / some.length;
    return {
      level: pair.host.problem.level,
      step: pair.step,
      patch,
      pairs: some.length,
      donor: share((i) => ways[i]!.donor),
      host: share((i) => ways[i]!.host),
      neither: share((i) => !ways[i]!.donor && !ways[i]!.host),
      donorFirst: share((i) => ways[i]!.donorFirst),
      hostFirst: share((i) => ways[i]!.hostFirst),
      rightForDonor: share((i) => solves(task, some[i]!.pair.donor.problem, some[i]!.program)),
      rightForHost: share((i) => some[i]!.solved),
    };
  }).sort((a, b) => a.level - b.level || a.step - b.step || PATCHES.indexOf(a.patch) - PATCHES.indexOf(b.patch));
}
