// The rules by which patching is judged: constants, the same for every agent.

import type { Random } from '../../core/random.ts';
import type { Task } from '../../tasks/task.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import { type Criterion, FEWEST_STRUCTURES, untold } from '../section.ts';
import { criterion, grouped, type Trial } from '../trials.ts';
import type { Pair } from './pairs.ts';
import { followed, type Patch, type Patched } from './patches.ts';

/** A continuation counts towards a criterion where both ways of going on have at least so many tokens left. */
const LEAST_LEFT = 3;
/** Share of continuations, above the best control, from which on a patch decides what the agent does. */
const DECIDES = 0.5;

const left = ({ program }: { readonly program: readonly number[] }, { step }: Pair): number => program.length - step;

const RULE =
  `share of continuations that are the donor's own to the last token, less the highest of the controls', by bootstrap ` +
  `over structures: met from ${DECIDES} on; where a control leaves less room than that it cannot be told; pairs with at ` +
  `least ${LEAST_LEFT} tokens left on both sides, of at least ${FEWEST_STRUCTURES} structures`;

/** What is patched, the question, and what it is compared with. */
const QUESTIONS = [
  [
    'state',
    'Does the state alone carry what is still to be done?',
    ['random state', 'another state', 'untrained state'],
  ],
  [
    'memory',
    'Does the encoded context alone carry what is still to be done?',
    ['random memory', 'another memory', 'untrained memory'],
  ],
  [
    'both',
    'Do state and encoded context together carry what is still to be done? In an open loop they must: it shows that the instrument works.',
    ['random state', 'random memory'],
  ],
] as const;

export function criteriaOf(task: Task, results: readonly Patched[], random: Random): Criterion[] {
  const criteria = QUESTIONS.map(([patch, question, controls], i) =>
    follows(task, results, { patch, question, controls }, random.fold(i)),
  );
  return [...criteria, moreThanTokens(task, results, random.fold(QUESTIONS.length))];
}

interface Question {
  readonly patch: Patch;
  readonly question: string;
  readonly controls: readonly Patch[];
}

/** How often a patch makes the agent go on as the donor, to the last token, above the best control. */
function follows(
  task: Task,
  results: readonly Patched[],
  { controls, patch, question }: Question,
  random: Random,
): Criterion {
  const long = results.filter(({ pair }) => Math.min(left(pair.host, pair), left(pair.donor, pair)) >= LEAST_LEFT);
  const asked = { id: `patch-${patch}`, question, rule: RULE };
  return aboveBest(
    task,
    grouped(long, ({ patch }) => patch),
    patch,
    controls,
    (one) => followed(one).donor,
    asked,
    random,
  );
}

/** Whether the encoder worked anything out: a memory of mere tokens is the same in any company. */
function moreThanTokens(task: Task, results: readonly Patched[], random: Random): Criterion {
  const asked = {
    id: 'memory-beyond-tokens',
    question: 'Does what follows rest on more of the encoded context than the token at each place?',
    rule: `share of programs that go on otherwise once each place is encoded in another problem's context with the same token there, less the highest of the controls', by bootstrap over structures: met from ${DECIDES} on; where a control leaves less room than that it cannot be told`,
  };
  const controls = ['jostled memory'] as const;
  const byPatch = grouped(results, ({ patch }) => patch);
  return aboveBest(task, byPatch, 'blank memory', controls, (one) => !followed(one).host, asked, random);
}

function aboveBest(
  task: Task,
  byPatch: ReadonlyMap<Patch, readonly Patched[]>,
  patch: Patch,
  controls: readonly Patch[],
  test: (one: Patched) => boolean,
  asked: Pick<Criterion, 'id' | 'question' | 'rule'>,
  random: Random,
): Criterion {
  const structure = ({ host }: Pair) => structureOf(task, host.problem);
  const own = byPatch.get(patch) ?? [];
  const share = (some: readonly Patched[]) => some.filter(test).length / some.length;
  const best = controls
    .filter((control) => byPatch.has(control))
    .toSorted((a, b) => share(byPatch.get(b)!) - share(byPatch.get(a)!))[0];
  const theirs = best ? byPatch.get(best)! : [];
  const byPair = new Map(theirs.map((one) => [one.pair, Number(test(one))]));
  const trials = own.map(
    (one): Trial => ({
      structure: structure(one.pair),
      number: Number(test(one)),
      control: byPair.get(one.pair) ?? 0,
    }),
  );
  // An untrained network has pairs of its own.
  const apart = best?.startsWith('untrained')
    ? theirs.map((one) => ({ structure: structure(one.pair), control: Number(test(one)) }))
    : undefined;
  const judged = criterion(
    { ...asked, control: NAMES[best ?? 'none'] ?? best ?? 'none' },
    trials,
    DECIDES,
    random,
    apart,
  );
  const room = 1 - (judged.control.number ?? 0);
  return judged.verdict === 'not met' && room < DECIDES
    ? { ...judged, ...untold(`of the control it is so in ${(1 - room).toFixed(2)}: nothing can lie ${DECIDES} above`) }
    : judged;
}

/** Where a control is not called as its patch. */
const NAMES: { readonly [patch in Patch]?: string } = {
  'jostled memory': 'each place moved at random as far',
  'untrained state': 'an untrained network’s state',
  'untrained memory': 'an untrained network’s encoded context',
};

/** What was patched that decides how an agent goes on: alone, or with the other only. */
export type Deciding = 'state' | 'memory' | 'either' | 'both needed' | 'neither' | 'cannot be told';

/** What of state and encoded context makes it go on as the donor, alone or with the other, training or not. */
export function deciding(task: Task, results: readonly Patched[], random: Random): Deciding {
  const of = (patch: Patch, controls: readonly Patch[]) =>
    follows(task, results, { patch, question: '', controls }, random).verdict;
  const state = of('state', ['random state', 'another state']);
  const memory = of('memory', ['random memory', 'another memory']);
  if (state === 'met') return memory === 'met' ? 'either' : 'state';
  if (memory === 'met') return 'memory';
  if (state === 'cannot be told' || memory === 'cannot be told') return 'cannot be told';
  const both = of('both', ['random state', 'random memory']);
  if (both === 'met') return 'both needed';
  return both === 'not met' ? 'neither' : 'cannot be told';
}
