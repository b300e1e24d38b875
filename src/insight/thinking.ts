// Is it better with more computation? The agent takes in its start token again and again before the program: blank
// computation that it was not trained for, or was (after Bush et al. 2025 and Taufeeque et al. 2024, whose recurrent
// agents solve more when they may think first; Goyal et al. 2024, "Think before you speak", for trained blanks).

import type { Random } from '../core/random.ts';
import type { Problem, Task } from '../tasks/task.ts';
import { randomAlike } from './causal/vectors.ts';
import { structureOf } from './labels/episodeLabels.ts';
import type { Criterion, Progress, SectionResult } from './section.ts';
import type { Subject } from './subject.ts';
import { batches, criterion, type Trial } from './trials.ts';

/** Blank tokens that are tried. */
export const BLANKS = [0, 1, 2, 3, 4, 6, 8] as const;

/** Accuracy gained, or regret lost, from which on blank computation is said to help. */
const HELPS = 0.01;

/** A group of a level's problems, told by the study of a task that counts regret: traps, and others. */
export interface GroupShare {
  readonly name: string;
  readonly problems: number;
  readonly solved: number;
  /** Mean, where the task counts it. */
  readonly regret: number | null;
}

/** The problems of one level after so many blanks. */
export interface ThinkingCell {
  readonly level: number;
  readonly blanks: number;
  readonly problems: number;
  readonly solved: number;
  /** Mean, where the task counts it. */
  readonly regret: number | null;
  /** Solved when the state is moved at random, as far as the blanks moved it: what disturbance alone does. */
  readonly moved: number;
  readonly groups: readonly GroupShare[];
}

/** A level's problems played by a run that was trained with a token that does nothing. */
export interface ThoughtCell {
  readonly name: string;
  readonly level: number;
  /** Thoughts that it had to take before all else, and no more; `null`: as many as it liked. */
  readonly thoughts: number | null;
  readonly problems: number;
  readonly solved: number;
  readonly regret: number | null;
  readonly groups: readonly GroupShare[];
  /** Thoughts taken, in the mean. */
  readonly taken: number;
  /** What the agent that was trained without thoughts comes to on the same problems; `null` without one. */
  readonly without: {
    readonly solved: number;
    readonly regret: number | null;
    readonly groups: readonly GroupShare[];
  } | null;
}

export interface ThinkingResult extends SectionResult {
  readonly kind: 'thinking';
  readonly cells: readonly ThinkingCell[];
  /** Blanks that were best on validation problems. */
  readonly chosen: number;
  readonly trained: readonly ThoughtCell[];
}

/** An agent that was trained to think, on a task with `thoughts`. */
export interface Thinker {
  /** `think-4`. */
  readonly name: string;
  readonly subject: Subject;
  /** One of the same shape that was trained without, on the same problems. */
  readonly without?: Subject;
}

export interface ThinkingOptions {
  /** Problems of each level and split. Default 256. */
  readonly problems?: number;
  /** Of `Subject.extended`. Default: the two highest of training, and those beyond. */
  readonly levels?: readonly number[];
  /** Runs trained with thoughts. Default none. */
  readonly trained?: readonly Thinker[];
}

/** What came of one problem. */
interface Outcome {
  readonly solved: boolean;
  readonly regret: number | undefined;
  readonly program: readonly number[];
}

/** A test problem: by number of blanks whether it was solved so, and solved with a state moved as far at random. */
interface Tested {
  readonly problem: Problem;
  readonly solved: ReadonlyMap<number, boolean>;
  readonly moved: ReadonlyMap<number, boolean>;
}

export function thinking(subject: Subject, options: ThinkingOptions = {}, progress?: Progress): ThinkingResult {
  const { extended, task } = subject;
  const highest = [...extended.levels.keys()].filter((level) => level >= task.levels.length - 2);
  const { levels = highest, problems = 256, trained = [] } = options;
  const random = subject.random('thinking');
  const total = levels.length + trained.length;
  const cells: ThinkingCell[] = [];
  const tests: Tested[] = [];
  /** By number of blanks the validation problems solved. */
  const solved = new Map<number, number>();
  for (const [i, level] of levels.entries()) {
    progress?.(i, total, `thinking ${extended.levels[level]!.name}`);
    const chance = random.fold(level);
    const tried = subject.problems(level, 'validation', problems, chance.fold(0));
    for (const blanks of BLANKS) {
      const count = play(subject, tried, { blanks }).filter((one) => one.solved).length;
      solved.set(blanks, (solved.get(blanks) ?? 0) + count);
    }
    const tested = testBlanks(subject, level, problems, chance);
    cells.push(...tested.cells);
    tests.push(...tested.tests);
  }
  const chosen = BLANKS.slice(1).reduce((a, b) => ((solved.get(b) ?? 0) > (solved.get(a) ?? 0) ? b : a));
  // All are asked the same problems.
  const thought = trained.map((thinker, i) => {
    progress?.(levels.length + i, total, `thinking ${thinker.name}`);
    return takeThoughts(thinker, levels, problems, random.fold(1000));
  });
  const helped = thought.flatMap((one) => one.solved);
  const saved = thought.flatMap((one) => one.regret);
  return {
    kind: 'thinking',
    cells,
    chosen,
    trained: thought.flatMap((one) => one.cells),
    criteria: [
      untrainedHelps(extended, tests, chosen, random.fold(2000)),
      criterion(THOUGHTS.solved, helped, HELPS, random.fold(2001)),
      criterion(THOUGHTS.regret, saved, HELPS, random.fold(2002)),
    ],
  };
}

function testBlanks(subject: Subject, level: number, problems: number, chance: Random) {
  const tested = subject.problems(level, 'test', problems, chance.fold(1));
  const plain = firstStates(subject, tested, 0);
  const groups = groupsOf(subject.extended, tested);
  const solved = tested.map(() => new Map<number, boolean>());
  const moved = tested.map(() => new Map<number, boolean>());
  const cells = BLANKS.map((blanks): ThinkingCell => {
    const played = play(subject, tested, { blanks });
    const drift = firstStates(subject, tested, blanks).map((state, lane) => state.map((x, j) => x - plain[lane]![j]!));
    const shift = drift.map((by, lane) => randomAlike(by, chance.fold(2 + blanks).fold(lane)));
    const shifted = play(subject, tested, { shift });
    for (const lane of tested.keys()) {
      solved[lane]!.set(blanks, played[lane]!.solved);
      moved[lane]!.set(blanks, shifted[lane]!.solved);
    }
    return { level, blanks, ...summary(played, groups), moved: meansOf(shifted).solved };
  });
  return { cells, tests: tested.map((problem, i): Tested => ({ problem, solved: solved[i]!, moved: moved[i]! })) };
}

interface Play {
  readonly blanks?: number;
  /** [problems] what is added to the state before the first token. */
  readonly shift?: readonly Float32Array[];
  /** The token of thoughts, and how many come first and no more. */
  readonly thoughts?: { readonly token: number; readonly count: number };
}

function play(subject: Subject, problems: readonly Problem[], { blanks = 0, shift, thoughts }: Play): Outcome[] {
  const playback = subject.playback();
  const regret = subject.extended.study?.regret;
  return batches([...problems.entries()], playback.lanes).flatMap((some) => {
    const played = playback.play(
      some.map(([, problem]) => problem),
      {
        choice: { kind: 'greedy' },
        blanks,
        hooks: {
          ...(shift && {
            state(view) {
              if (view.step !== 0) return;
              for (const [row, lane] of view.lanes.entries()) {
                const state = view.state(row);
                const by = shift[some[lane]![0]]!;
                for (let i = 0; i < state.length; i++) state[i]! += by[i]!;
              }
            },
          }),
          ...(thoughts && {
            token: (step) => (step < thoughts.count ? thoughts.token : undefined),
            choice({ lanes, legal, step }) {
              if (step >= thoughts.count) for (const row of lanes.keys()) legal(row)[thoughts.token] = 0;
            },
          }),
        },
      },
    );
    return played.map(({ program, solved }, lane) => {
      const problem = some[lane]![1];
      return { solved, program, regret: regret?.of(problem, program) };
    });
  });
}

/** The states before the first token. */
function firstStates(subject: Subject, problems: readonly Problem[], blanks: number): Float32Array[] {
  const playback = subject.playback();
  return batches(problems, playback.lanes).flatMap((some) => {
    const states: Float32Array[] = [];
    playback.play(some, {
      choice: { kind: 'greedy' },
      blanks,
      limit: 1,
      hooks: { state: ({ lanes, state }) => states.push(...Array.from(lanes.keys(), (row) => state(row).slice())) },
    });
    return states;
  });
}

/** By the name of a group the places of its problems. */
type Groups = ReadonlyMap<string, readonly number[]>;

function groupsOf({ study }: Task, problems: readonly Problem[]): Groups {
  const all = study?.regret ? problems.map((problem) => study.analyse(problem).groups) : [];
  const places = (name: string) => [...all.keys()].filter((i) => all[i]![name]);
  return new Map(Object.keys(all[0] ?? {}).map((name) => [name, places(name)]));
}

const summary = (played: readonly Outcome[], groups: Groups) => ({
  ...meansOf(played),
  groups: [...groups].flatMap(([name, places]): GroupShare[] =>
    places.length > 0 ? [{ name, ...meansOf(places.map((i) => played[i]!)) }] : [],
  ),
});

function meansOf(played: readonly Outcome[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / played.length;
  const regrets = played.flatMap(({ regret }) => (regret === undefined ? [] : [regret]));
  return {
    problems: played.length,
    solved: mean(played.map(({ solved }) => Number(solved))),
    regret: regrets.length === played.length ? mean(regrets) : null,
  };
}

/** What came of one problem: with thoughts, made to take none, and by the agent that was trained without. */
interface Thought {
  readonly structure: string;
  readonly own: Outcome;
  readonly none: Outcome;
  readonly without?: Outcome;
}

/** Plays with every number of thoughts that the task allows, and with as many as the agent likes. */
function takeThoughts(
  { name, subject, without }: Thinker,
  levels: readonly number[],
  problems: number,
  random: Random,
) {
  const { extended } = subject;
  const { most, token } = extended.thoughts ?? { most: 0, token: -1 };
  const cells: ThoughtCell[] = [];
  const all: Thought[] = [];
  for (const level of most === 0 ? [] : levels) {
    const tested = subject.problems(level, 'test', problems, random.fold(level));
    const groups = groupsOf(extended, tested);
    const others = without && play(without, tested, {});
    const beside = others ? summary(others, groups) : null;
    const cell = (thoughts: number | null, played: readonly Outcome[]) => {
      const taken = played.reduce((sum, { program }) => sum + program.filter((one) => one === token).length, 0);
      const control = beside && { solved: beside.solved, regret: beside.regret, groups: beside.groups };
      cells.push({ name, level, thoughts, ...summary(played, groups), taken: taken / played.length, without: control });
      return played;
    };
    const own = cell(null, play(subject, tested, {}));
    const counts = Array.from({ length: 1 + most }, (_, count) => count);
    const [none] = counts.map((count) => cell(count, play(subject, tested, { thoughts: { token, count } })));
    for (const [i, problem] of tested.entries()) {
      const structure = structureOf(extended, problem);
      all.push({ structure, own: own[i]!, none: none![i]!, ...(others && { without: others[i]! }) });
    }
  }
  const solved = above(all, (one) => Number(one.solved));
  // Less is better; where it cannot be counted there is nothing to compare.
  return { cells, solved, regret: above(all, ({ regret }) => (regret === undefined ? undefined : -regret)) };
}

/** A value beside the stronger control's, whichever that is in the mean; problems without a value are left out. */
function above(all: readonly Thought[], value: (one: Outcome) => number | undefined): Trial[] {
  const known = all.flatMap(({ structure, none, own, without }) => {
    const [number, still, other] = [own, none, without ?? none].map(value);
    return number === undefined || still === undefined || other === undefined
      ? []
      : [{ structure, number, still, other }];
  });
  const key = known.reduce((sum, { other, still }) => sum + other - still, 0) > 0 ? 'other' : 'still';
  return known.map((one) => ({ structure: one.structure, number: one.number, control: one[key] }));
}

function untrainedHelps(task: Task, tests: readonly Tested[], chosen: number, random: Random): Criterion {
  const gain = (by: ReadonlyMap<number, boolean>, { solved }: Tested) => Number(by.get(chosen)) - Number(solved.get(0));
  // Whatever is stronger: nothing, or a disturbance of the same size.
  const moved = tests.reduce((sum, test) => sum + gain(test.moved, test), 0);
  const trials = tests.map(
    (test): Trial => ({
      structure: structureOf(task, test.problem),
      number: gain(test.solved, test),
      control: moved > 0 ? gain(test.moved, test) : 0,
    }),
  );
  return criterion(
    {
      id: 'blanks-help',
      question: 'Does blank computation before the program help, though no training asked for it?',
      control: moved > 0 ? 'the state moved at random as far' : 'no blanks',
      rule: `accuracy gained with the number of blanks that was best on validation problems, less the stronger control's gain, by bootstrap over structures: met from ${HELPS} on`,
    },
    trials,
    HELPS,
    random,
  );
}

const THOUGHTS = {
  solved: {
    id: 'thoughts-help',
    question: 'Do thoughts help an agent that was trained with them?',
    control: 'the same agent without thoughts, or one trained without',
    rule: `accuracy with as many thoughts as it likes, less the control's, by bootstrap over structures: met from ${HELPS} on`,
  },
  regret: {
    id: 'thoughts-save-cost',
    question: 'Do thoughts make the answers of such an agent cheaper?',
    control: 'the same agent without thoughts, or one trained without',
    rule: `cost beyond the least, relative to it, told as a loss (0 is the best), with as many thoughts as it likes, less the control's, by bootstrap over structures: met from ${HELPS} on`,
  },
} as const;
