// Whose state answers where the plan is: a problem whose program begins like the one on view and goes on differently, so
// that what comes after its state is put there can be told to follow one, the other, or neither.

import { computed, effect, signal } from '@preact/signals';
import type { AgentFacts, Drawn, Shown, Touch } from '../engine/playing.ts';
import { ask, facts } from '../state/agentOnView.ts';
import { plain, survey, touches } from '../state/stage.ts';
import { readDrawn, writeDrawn } from '../state/touches.ts';

/** A program, and what its agent was shown. */
export interface Written {
  readonly program: readonly string[];
  readonly context: readonly string[];
}

interface Candidate extends Written {
  readonly problem: Drawn;
}

export interface Donor {
  readonly problem: Drawn;
  /** Before which token its state is put there: one before their ways part, where they have one in common. */
  readonly step: number;
}

/** Problems of another level that are tried, where those of the level on view all have one program. */
const OF_A_LEVEL = 4;

/** Operands by their place in the problem: programs for different operands can then be compared. */
function outline({ context, program }: Written, { vocabulary }: Pick<AgentFacts, 'vocabulary'>): string[] {
  const operands = new Set(vocabulary.filter(({ kind }) => kind === 'operand').map(({ symbol }) => symbol));
  const places = context.filter((symbol) => operands.has(symbol));
  return program.map((symbol) => (places.includes(symbol) ? `operand ${places.indexOf(symbol)}` : symbol));
}

/** The first of `candidates` that shares a beginning with `host`, or else one that does not; nothing where all are alike. */
export function donorFor(
  agent: Pick<AgentFacts, 'vocabulary'>,
  host: Written,
  candidates: readonly Candidate[],
): Donor | undefined {
  const own = outline(host, agent);
  const forks = candidates.flatMap(({ problem, ...written }) => {
    const other = outline(written, agent);
    const fork = other.findIndex((symbol, i) => symbol !== own[i]);
    return fork < 0 || fork >= own.length ? [] : [{ problem, fork }];
  });
  const best = [2, 1, 0].flatMap((least) => forks.find(({ fork }) => fork >= least) ?? [])[0];
  return best && { problem: best.problem, step: best.fork > 1 ? best.fork - 1 : best.fork };
}

/** Whose program a touched one goes on as. `alike`: both would go on the same way, so that nothing is told. */
export type Followed = 'donor' | 'itself' | 'neither' | 'alike';

/** @param step from which token on. */
export function followed(
  agent: Pick<AgentFacts, 'vocabulary'>,
  step: number,
  touched: Written,
  own: Written,
  donor: Written,
): Followed {
  const rest = (written: Written): string => outline(written, agent).slice(step).join(' ');
  if (rest(own) === rest(donor)) return 'alike';
  if (rest(touched) === rest(donor)) return 'donor';
  return rest(touched) === rest(own) ? 'itself' : 'neither';
}

/** Problems of other levels with their programs, by the agent and level on view. */
const others = signal<{ readonly level: number; readonly candidates: readonly Candidate[] } | undefined>(undefined);

const ofLevel = computed<readonly Candidate[]>(() => {
  const { episodes = [], level = 0 } = survey.value ?? {};
  return episodes.map(({ context, index, program }) => ({ problem: { level, index }, context, program }));
});

/** The donor of the program on view; `none` where every problem has its program; nothing yet while some are played. */
export const donor = computed<Donor | 'none' | undefined>(() => {
  const agent = facts.value;
  const run = plain.value?.run;
  if (!agent || !run) return undefined;
  const found = donorFor(agent, run, ofLevel.value);
  if (found) return found;
  if (others.value?.level !== run.level) return undefined;
  return donorFor(agent, run, others.value.candidates) ?? 'none';
});

/** As text, so that nothing is played anew while other parts of the address change. */
const swaps = computed<string | undefined>(() => {
  const [first, ...more] = touches.value;
  if (!first || !isSwap(first)) return undefined;
  const named = ({ problem, step }: Swap): string => `${step} ${writeDrawn(problem)}`;
  return more.every((one) => isSwap(one) && named(one) === named(first)) ? named(first) : undefined;
});

/** The problem that all that is done to the agent comes from, before one token. */
export const swapped = computed<{ readonly problem: Drawn; readonly step: number } | undefined>(() => {
  const [step = '', problem = ''] = swaps.value?.split(' ') ?? [];
  const read = readDrawn(problem);
  return read && { problem: read, step: Number(step) };
});

type Swap = Extract<Touch, { how: 'swap' }>;

const isSwap = (touch: Touch): touch is Swap => 'how' in touch && touch.how === 'swap';

/** The donor's own program, where all that is done comes from one. */
export const donated = signal<{ readonly of: Drawn; readonly shown: Shown } | undefined>(undefined);

/** Keeps donors up to date until the answer is called. */
export function findDonors(): () => void {
  const ends = [effect(playOthers), effect(playDonor)];
  return () => {
    for (const end of ends) end();
  };
}

let othersOrders = 0;

/** Only where the problems of the level are not enough. */
function playOthers(): void {
  const agent = facts.value;
  const run = plain.value?.run;
  const known = survey.value;
  if (!agent || !run || (!known && run.level < agent.levels.length)) return;
  if (donorFor(agent, run, ofLevel.value)) return;
  const order = ++othersOrders;
  const levels = [...agent.levels.keys()]
    .filter((level) => level !== known?.level)
    .sort((a, b) => Math.abs(a - run.level) - Math.abs(b - run.level));
  const played = levels.map(async (level): Promise<Candidate[]> => {
    const { episodes } = await ask('survey', { hash: agent.hash, level, count: OF_A_LEVEL });
    return episodes.map(({ context, index, program }) => ({ problem: { level, index }, context, program }));
  });
  Promise.all(played).then(
    (found) => {
      if (order === othersOrders) others.value = { level: run.level, candidates: found.flat() };
    },
    () => {
      // The agent on view has changed meanwhile; the next one is asked by itself.
    },
  );
}

let donorOrders = 0;

function playDonor(): void {
  const agent = facts.value;
  const from = swapped.value;
  const order = ++donorOrders;
  donated.value = undefined;
  if (!agent || !from) return;
  ask('play', { hash: agent.hash, asked: from.problem, touches: [] }).then(
    (shown) => {
      if (order === donorOrders) donated.value = { of: from.problem, shown };
    },
    () => {
      // What is wrong with the touch is told by itself.
    },
  );
}
