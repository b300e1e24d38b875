// State patching: at one step the agent's state, its encoded context, or both become another problem's. Whose program
// does it go on with? So it shows where what is still to be done is kept (interchange interventions: Geiger et al. 2021,
// "Causal abstractions of neural networks"; activation patching: Vig et al. 2020).

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import type { Playback } from '../playback.ts';
import { type Criterion, FEWEST_STRUCTURES, type Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, criterion, grouped, type Trial } from '../trials.ts';
import { collect, jostle, type Shown, scramble, shownOf, strangers } from './contexts.ts';
import { type Own, ownPrograms, type Pair, pairsOf, solves } from './pairs.ts';
import { PATCHING } from './streams.ts';
import { randomAlike } from './vectors.ts';

/**
 * - `none`: nothing is changed, to see that the instrument itself changes nothing.
 * - `state`, `memory`, `both`: of the donor.
 * - `random state`, `random memory`: random values of the donor's norm (of the memory: of each place).
 * - `another state`, `another memory`: of the donor of another pair of the same step.
 * - `blank memory`: the host's own tokens, but each place encoded in another problem's context that has the same token
 *   there: the same where the memory holds no more than what stands in its places.
 * - `jostled memory`: the host's own, each place moved at random as far as that moves it.
 * - `untrained state`, `untrained memory`, `untrained both`: an untrained network of the same shape, patched as the agent
 *   is, on pairs that it makes itself of the same problems. Whatever a network does, state and context decide it. So the
 *   first is a control of what a state holds, which an agent without an encoded context cannot beat: its state is all that
 *   it has, and decides without any training; the others are there to be seen and do not count: that the context decides
 *   is so of any network that reads nothing else, which the question where a plan lives does not rule out
 *   (`memory-beyond-tokens` asks for more), and that both do is the instrument's own test.
 */
export const PATCHES = [
  'none',
  'state',
  'memory',
  'both',
  'random state',
  'another state',
  'random memory',
  'another memory',
  'blank memory',
  'jostled memory',
  'untrained state',
  'untrained memory',
  'untrained both',
] as const;
export type Patch = (typeof PATCHES)[number];

/** A continuation counts towards a criterion where both ways of going on have at least so many tokens left. */
const LEAST_LEFT = 3;
/** Share of continuations, above the best control, from which on a patch decides what the agent does. */
const DECIDES = 0.5;

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
  /** What was patched that decides how the agent goes on: alone, or together only. */
  readonly lives: 'state' | 'memory' | 'either' | 'both needed' | 'neither' | 'cannot be told';
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

interface Patched {
  readonly pair: Pair;
  readonly patch: Patch;
  readonly program: readonly number[];
  readonly solved: boolean;
}

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
    lives: livesIn(criteria),
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

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((token, i) => token === b[i]);

/** Whose way a program goes: to its end, and with the first token that tells. */
function followed({ pair: { donor, host }, program }: Patched) {
  const fork = donor.program.findIndex((token, i) => token !== host.program[i]);
  // One of the two may end where the other goes on.
  const tells = fork < 0 ? donor.program.length : fork;
  return {
    donor: same(program, donor.program),
    host: same(program, host.program),
    donorFirst: tells < donor.program.length && program[tells] === donor.program[tells],
    hostFirst: tells < host.program.length && program[tells] === host.program[tells],
  };
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

const left = ({ program }: { readonly program: readonly number[] }, { step }: Pair): number => program.length - step;

const RULE =
  `share of continuations that are the donor's own to the last token, less the highest of the controls', by bootstrap ` +
  `over structures: met from ${DECIDES} on (the control of an untrained network's state was added after the first numbers); pairs with at least ${LEAST_LEFT} tokens left on both sides, of at least ${FEWEST_STRUCTURES} structures`;

/** What is patched, the question, and what it is compared with. */
const QUESTIONS = [
  [
    'state',
    'Does the state alone carry what is still to be done?',
    ['random state', 'another state', 'untrained state'],
  ],
  ['memory', 'Does the encoded context alone carry what is still to be done?', ['random memory', 'another memory']],
  [
    'both',
    'Do state and encoded context together carry what is still to be done? In an open loop they must: it shows that the instrument works.',
    ['random state', 'another state', 'random memory', 'another memory'],
  ],
] as const;

function criteriaOf(task: Task, results: readonly Patched[], random: Random): Criterion[] {
  const long = results.filter(({ pair }) => Math.min(left(pair.host, pair), left(pair.donor, pair)) >= LEAST_LEFT);
  const byPatch = grouped(long, ({ patch }) => patch);
  const follows = new Map(
    Array.from(byPatch, ([patch, some]) => [
      patch,
      new Map(some.map((one) => [one.pair, Number(followed(one).donor)])),
    ]),
  );
  const shareOf = (patch: Patch): number => {
    const all = [...(follows.get(patch)?.values() ?? [])];
    return all.reduce((sum, one) => sum + one, 0) / all.length;
  };
  const criteria = QUESTIONS.map(([patch, question, controls], i): Criterion => {
    const known = controls.filter((control) => follows.has(control));
    const best = known.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
    const theirs = best && follows.get(best)!;
    const structure = ({ host }: Pair) => structureOf(task, host.problem);
    const trials = [...(follows.get(patch) ?? [])].map(
      ([pair, number]): Trial => ({ structure: structure(pair), number, control: theirs?.get(pair) ?? 0 }),
    );
    // An untrained network has pairs of its own.
    const apart = best?.startsWith('untrained')
      ? Array.from(theirs!, ([pair, control]) => ({ structure: structure(pair), control }))
      : undefined;
    return criterion(
      { id: `patch-${patch}`, question, control: best ?? 'none', rule: RULE },
      trials,
      DECIDES,
      random.fold(i),
      apart,
    );
  });
  return [...criteria, moreThanTokens(task, byPatch, random.fold(QUESTIONS.length))];
}

/** Whether the encoder worked anything out: a memory of mere tokens is the same in any company. */
function moreThanTokens(task: Task, byPatch: ReadonlyMap<Patch, readonly Patched[]>, random: Random): Criterion {
  const otherwise = (one: Patched) => Number(!followed(one).host);
  const jostled = new Map((byPatch.get('jostled memory') ?? []).map((one) => [one.pair, otherwise(one)]));
  const trials = (byPatch.get('blank memory') ?? []).map(
    (one): Trial => ({
      structure: structureOf(task, one.pair.host.problem),
      number: otherwise(one),
      control: jostled.get(one.pair)!,
    }),
  );
  return criterion(
    {
      id: 'memory-beyond-tokens',
      question: 'Does what follows rest on more of the encoded context than the token at each place?',
      control: 'each place moved at random as far',
      rule: `share of programs that go on otherwise once each place is encoded in another problem's context with the same token there, less the control's (which was added after the first numbers), by bootstrap over structures: met from ${DECIDES} on`,
    },
    trials,
    DECIDES,
    random,
  );
}

/** A patch that alone decides is where it lives; where neither does and both do, both are needed. */
function livesIn(criteria: readonly Criterion[]): Patching['lives'] {
  const of = (id: string) => criteria.find((one) => one.id === id)!.verdict;
  const [state, memory, both] = [of('patch-state'), of('patch-memory'), of('patch-both')];
  if (state === 'met') return memory === 'met' ? 'either' : 'state';
  if (memory === 'met') return 'memory';
  if (state === 'cannot be told' || memory === 'cannot be told') return 'cannot be told';
  if (both === 'met') return 'both needed';
  return both === 'not met' ? 'neither' : 'cannot be told';
}
