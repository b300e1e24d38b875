// From what is known of a task's levels to what is wrong with it, in sentences with their numbers.

import type { LevelFigures } from './figures.ts';

/** `flaw`: the task is not what it says; `caution`: it may not ask for what is meant; `note`: good to know. */
export type Severity = 'flaw' | 'caution' | 'note';

/** One level's part in a finding; `level` is absent where it is about the whole. */
export interface Detail {
  readonly level?: string;
  readonly text: string;
  /** The number that the finding rests on. */
  readonly value: number;
  /** What it was held against. */
  readonly threshold: number;
}

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly title: string;
  readonly details: readonly Detail[];
  /** What to do about it. */
  readonly hint: string;
}

/** From which share solved a program counts as enough for its level. */
export const ENOUGH = 0.95;
/** Share of problems up to which something may go wrong without being told. */
export const RARE = 0.01;
/** By how much a mean reward may exceed the share solved, where wrong answers are paid. */
const BESIDE = 0.1;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const words = (program: readonly string[]): string => program.join(' ');

/** What a task tells of itself that findings depend on. */
export interface Told {
  /** Whether the agent sees anything of the machine while it goes on. */
  readonly observes: boolean;
}

interface Kind {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
  detail(figures: LevelFigures, told: Told, last: boolean): Omit<Detail, 'level'> | undefined;
}

const KINDS: readonly Kind[] = [
  {
    id: 'paysForWrong',
    severity: 'flaw',
    title: 'The reward pays for wrong answers: who earns the most does not solve the problem.',
    hint: 'let `reward` be highest where `solved` is true, on every problem; partial rewards must stay below',
    detail({ fixed: { bestReward, bestSolved }, inSight }) {
      if (inSight.wrongPays <= RARE) return undefined;
      const text =
        `${words(bestReward.program)} earns the most, ${bestReward.reward.toFixed(3)}, and solves ` +
        `${percent(bestReward.solved)}; ${words(bestSolved.program)} solves ${percent(bestSolved.solved)} and earns ` +
        `${bestSolved.reward.toFixed(3)}; at ${percent(inSight.wrongPays)} of the solvable problems some wrong answer ` +
        'earns more than every right one';
      return { text, value: inSight.wrongPays, threshold: RARE };
    },
  },
  {
    id: 'rewardIsNotAccuracy',
    severity: 'flaw',
    title: 'The mean reward, read as accuracy, tells of answers that are not right.',
    hint: 'report the share that `solved` says, never the reward',
    detail({ fixed: { bestReward }, inSight }) {
      const beside = bestReward.reward - bestReward.solved;
      if (inSight.wrongPays <= RARE || beside <= BESIDE) return undefined;
      const text = `it can reach ${bestReward.reward.toFixed(3)} with ${percent(bestReward.solved)} right`;
      return { text, value: beside, threshold: BESIDE };
    },
  },
  {
    id: 'unreachable',
    severity: 'flaw',
    title: 'The target cannot be reached: some problems have no program at all.',
    hint: 'give the machine the tools that the goal needs, or sample only problems that can be solved',
    detail({ fixed: { bestSolved }, goal, inSight }) {
      if (inSight.method.kind === 'search' || inSight.solved === 1) return undefined;
      const text =
        inSight.method.kind === 'taught'
          ? `${goal}: the task’s own teacher knows a program for ${percent(inSight.solved)} of ${inSight.problems}`
          : `${goal}: no program solves over ${percent(bestSolved.solved)} (${words(bestSolved.program)}), nor one ` +
            `chosen in sight of each problem over ${percent(inSight.solved)}`;
      return { text, value: inSight.solved, threshold: 1 };
    },
  },
  {
    id: 'notShownReachable',
    severity: 'note',
    title: 'It was not shown that the target can be reached everywhere: the search found no program for some problems.',
    hint: 'give the task a `teach` that answers a program for each problem, or the audit a larger budget',
    detail({ inSight: { method, problems, solved } }) {
      if (method.kind !== 'search' || solved === 1) return undefined;
      const text = `${percent(solved)} of ${problems} problems, searched with ${method.tries} states a length`;
      return { text, value: solved, threshold: 1 };
    },
  },
  {
    id: 'forgetfulMemory',
    severity: 'flaw',
    title: 'A memory is a flag: what one tool should keep for another is not kept.',
    hint: 'let the machine hold the value; what comes back must depend on what was stored',
    detail({ forgetful: [pair] }) {
      if (!pair) return undefined;
      const text =
        `${pair.recall} works only after ${pair.store}, but ${pair.states} states that differed before ` +
        `${pair.store} ${pair.recall} are one after: nothing stored comes back`;
      return { text, value: pair.states, threshold: 1 };
    },
  },
  {
    id: 'verdictIgnoresProblem',
    severity: 'flaw',
    title: 'The verdict does not depend on the problem: a program solves all of a level’s problems or none.',
    hint: 'let `solved` compare with what the problem asks for',
    detail({ fixed: { bestSolved }, problems: { count }, verdictDepends }) {
      if (verdictDepends || count < 2) return undefined;
      const text = `of ${count} problems, the best program solves ${percent(bestSolved.solved)}`;
      return { text, value: bestSolved.solved, threshold: 1 };
    },
  },
  {
    id: 'ambiguous',
    severity: 'flaw',
    title: 'Problems that look the same have different answers.',
    hint: 'show in `context` what the answer depends on, or let the machine show it on the way (`observation`)',
    detail({ alike: { apart, pairs } }, { observes }) {
      if (observes || pairs === 0 || apart / pairs <= RARE) return undefined;
      const text = `of ${pairs} pairs with the same context, ${apart} have no program that solves both`;
      return { text, value: apart / pairs, threshold: RARE };
    },
  },
  {
    id: 'fixedProgram',
    severity: 'caution',
    title: 'A fixed program solves it: an agent need not see the problem.',
    hint: 'fine for a task about tools and credit; where reading is meant, let the right program depend on the problem',
    detail({ fixed: { bestSolved, method } }) {
      if (bestSolved.solved < ENOUGH) return undefined;
      const how = method.kind === 'search' ? ` (found in ${method.tries} tries)` : '';
      const text = `${words(bestSolved.program)} solves ${percent(bestSolved.solved)}${how}`;
      return { text, value: bestSolved.solved, threshold: ENOUGH };
    },
  },
  {
    id: 'contextNotNeeded',
    severity: 'note',
    title: 'What the machine shows is enough: an agent need not see the context.',
    hint: 'fine for a game of finding out; where reading is meant, show less on the way',
    detail({ blind, fixed }) {
      if (!blind || blind.solved < ENOUGH || fixed.bestSolved.solved >= ENOUGH) return undefined;
      const text =
        `in sight of the machine alone ${percent(blind.solved)} can be solved; ` +
        `in sight of nothing ${percent(fixed.bestSolved.solved)}`;
      return { text, value: blind.solved, threshold: ENOUGH };
    },
  },
  {
    id: 'memoryNotNeeded',
    severity: 'caution',
    title: 'A player without memory solves the highest level: what the machine shows at the moment is enough.',
    hint: 'fine for a task about reacting; where memory is meant, show once what is asked for later',
    detail({ fixed, memoryless }, _told, last) {
      // Where memory is needed in the end, an easy beginning may do without.
      if (!last || !memoryless || memoryless.bestSolved.solved < ENOUGH || fixed.bestSolved.solved >= ENOUGH)
        return undefined;
      const { method, solved } = memoryless.bestSolved;
      const how = method.kind === 'search' ? ` (found in ${method.tries} tries)` : '';
      const text =
        `in sight of the moment alone ${percent(solved)} can be solved${how}; ` +
        `in sight of nothing ${percent(fixed.bestSolved.solved)}`;
      return { text, value: solved, threshold: ENOUGH };
    },
  },
  {
    id: 'leak',
    severity: 'flaw',
    title: 'What is said to be held out is not: training may see problems of the test.',
    hint: 'let `sample` keep the splits apart',
    detail({ leak: { declared, share } }) {
      if (declared !== true || share <= RARE) return undefined;
      return { text: `${percent(share)} of the test problems`, value: share, threshold: RARE };
    },
  },
  {
    id: 'nothingHeldOut',
    severity: 'caution',
    title: 'Nothing is held out: tests are on problems that training may see.',
    hint: 'let `sample` keep the splits apart, or say so in `study` where nothing is left to generalise to',
    detail({ leak: { all, declared, share } }) {
      if (declared !== undefined || share <= RARE) return undefined;
      const text = `${all ? '' : 'at least '}${percent(share)} of the test problems`;
      return { text, value: share, threshold: RARE };
    },
  },
  {
    id: 'lackNotFelt',
    severity: 'note',
    title: 'The highest level hardly needs what agents may lack.',
    hint: 'a share solved there is no proof of it: report on the problems that need it by themselves',
    detail({ ceilings }, _told, last) {
      const [name, share] = Object.entries(ceilings).find(([, share]) => share >= ENOUGH) ?? [];
      if (!last || name === undefined) return undefined;
      return { text: `${name}: ${percent(share!)} can be solved`, value: share!, threshold: ENOUGH };
    },
  },
];

/** What the figures of all levels come to. */
export function findingsOf(levels: readonly LevelFigures[], told: Told): readonly Finding[] {
  return KINDS.flatMap(({ detail, hint, id, severity, title }) => {
    const details = levels.flatMap((figures, i): Detail[] => {
      const found = detail(figures, told, i === levels.length - 1);
      return found ? [{ level: figures.name, ...found }] : [];
    });
    return details.length > 0 ? [{ id, severity, title, details, hint }] : [];
  });
}
