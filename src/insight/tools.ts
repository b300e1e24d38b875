// Is each tool needed? Accuracy as it is, with the tool taken away at test time, and what anyone could reach without it.

import { CALCULATOR_CEILINGS } from '../evaluation/calculatorCeilings.ts';
import type { Problem, Task } from '../tasks/task.ts';
import { structureOf } from './labels/episodeLabels.ts';
import { Playback } from './playback.ts';
import { reachOf } from './reach/reach.ts';
import { type Criterion, type Progress, type SectionResult, untold } from './section.ts';
import { LANES, type Subject } from './subject.ts';
import { batches, criterion, type Trial } from './trials.ts';

/** Accuracy above what is possible without a tool, from which on it is said to be needed. */
const NEEDED = 0.05;
/** Tools that keep a value or bring it back: what a study's ceilings without memory are about. */
const KEEPING = /^\[?(STO|RCL)/;
/** All of them. */
const MEMORY = 'memory';
/** How the names of such ceilings begin. */
const MEMORYLESS = 'no memory';

/**
 * Where a ceiling is from: the task's study, a search that looked everywhere, an enumeration of all programs on all
 * problems of the level (then it is the share of those), or nowhere, for the search gave up.
 */
export type CeilingSource = 'study' | 'search' | 'enumeration' | 'unknown';

/** A level without some tools: shares of its problems. */
export interface ToolCell {
  readonly level: number;
  /** A tool's symbol, or `memory`: all tools that keep values or bring them back. */
  readonly without: string;
  readonly problems: number;
  /** Solved as things are. */
  readonly solved: number;
  /** Solved by this agent without. */
  readonly left: number;
  /** Solved by an agent that was trained without memory, where that is what is taken away and one is given. */
  readonly trained: number | null;
  /** What some program without them solves; exact, or `null`. */
  readonly ceiling: number | null;
  readonly source: CeilingSource;
}

export interface ToolsResult extends SectionResult {
  readonly kind: 'tools';
  readonly cells: readonly ToolCell[];
  /** Tools that none of the agent's programs used: nothing is lost without them. */
  readonly unused: readonly string[];
}

export interface ToolOptions {
  /** Problems of each level. Default 200. */
  readonly problems?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
  /** Steps that a search may take for one problem, where the task has no rules of its own. Default 20,000. */
  readonly budget?: number;
}

export function tools(subject: Subject, options: ToolOptions = {}, progress?: Progress): ToolsResult {
  const { budget = 20_000, levels = [...subject.task.levels.keys()], problems = 200 } = options;
  const random = subject.random('tools');
  const task = subject.extended;
  const drawn = levels.map((level) => subject.problems(level, 'test', problems, random.fold(level)));
  const own = drawn.map((some) => play(subject, some, new Set()));
  const used = new Set(own.flatMap((level) => level.flatMap(({ program }) => program)));
  const known = [...task.vocabulary.keys()].filter((token) => task.vocabulary[token]!.kind === 'tool');
  const needed = known.filter((token) => used.has(token));
  const keeping = known.filter((token) => KEEPING.test(task.vocabulary[token]!.symbol));
  const sets = [
    ...needed.map((token) => ({ name: task.vocabulary[token]!.symbol, banned: [token] })),
    ...(keeping.some((token) => used.has(token)) ? [{ name: MEMORY, banned: keeping }] : []),
  ];
  const cells: ToolCell[] = [];
  const criteria = sets.map(({ banned, name }, i): Criterion => {
    const trials: Trial[] = [];
    const trained = name === MEMORY ? solvedWithout(subject, drawn) : undefined;
    let exact = true;
    for (const [at, level] of levels.entries()) {
      progress?.(i * levels.length + at, sets.length * levels.length, `without ${name}`);
      const without = play(subject, drawn[at]!, new Set(banned));
      const ceiling = ceilingOf(task, drawn[at]!, banned, budget);
      exact &&= ceiling.source !== 'unknown';
      const share = (test: (i: number) => boolean) => drawn[at]!.filter((_, j) => test(j)).length / drawn[at]!.length;
      cells.push({
        level,
        without: name,
        problems: drawn[at]!.length,
        solved: share((j) => own[at]![j]!.solved),
        left: share((j) => without[j]!.solved),
        trained: trained?.[at] ?? null,
        ceiling: ceiling.source === 'unknown' ? null : ceiling.reachable.reduce((a, b) => a + b, 0) / drawn[at]!.length,
        source: ceiling.source,
      });
      for (const [j, problem] of drawn[at]!.entries()) {
        const control = ceiling.source === 'unknown' ? Number(without[j]!.solved) : ceiling.reachable[j]!;
        trials.push({
          structure: structureOf(task, problem),
          number: Number(own[at]![j]!.solved),
          control: Number(control),
        });
      }
    }
    const judged = criterion(
      {
        id: `needs-${name}`,
        question: `Does the agent solve what cannot be solved without ${name}?`,
        control: exact ? 'the exact ceiling without' : 'this agent without, where no exact ceiling is known',
        rule: `accuracy less the control, over all levels, by bootstrap over structures: met from ${NEEDED} on; where no exact ceiling is known, an agent that only fares worse without tells nothing of what can be solved`,
      },
      trials,
      NEEDED,
      random.fold(1000 + i),
    );
    return exact || judged.verdict !== 'met' ? judged : { ...judged, ...untold('no exact ceiling is known') };
  });
  const unused = known.filter((token) => !used.has(token)).map((token) => task.vocabulary[token]!.symbol);
  return { kind: 'tools', cells, unused, criteria };
}

/** [levels] what an agent solves that was trained without memory, on its own machine; `undefined` without one. */
function solvedWithout({ memoryless }: Subject, drawn: readonly (readonly Problem[])[]): readonly number[] | undefined {
  if (!memoryless) return undefined;
  const playback = new Playback(memoryless.task, memoryless.network, LANES);
  return drawn.map((problems) => {
    const played = batches(problems, LANES).flatMap((some) => playback.play(some, { choice: { kind: 'greedy' } }));
    return played.filter(({ solved }) => solved).length / problems.length;
  });
}

function play(subject: Subject, problems: readonly Problem[], banned: ReadonlySet<number>) {
  const playback = subject.playback();
  return batches(problems, playback.lanes).flatMap((some) =>
    playback.play(some, {
      choice: { kind: 'greedy' },
      hooks:
        banned.size === 0
          ? {}
          : {
              choice({ lanes, legal }) {
                for (const row of lanes.keys()) for (const token of banned) legal(row)[token] = 0;
              },
            },
    }),
  );
}

interface Ceiling {
  readonly source: CeilingSource;
  /** [problems] 1 where it can be solved without the banned tools, or how likely that is. */
  readonly reachable: readonly number[];
}

/** @param problems of one level. */
function ceilingOf(task: Task, problems: readonly Problem[], banned: readonly number[], budget: number): Ceiling {
  const all = [...task.vocabulary.entries()].every(
    ([token, { symbol }]) => !KEEPING.test(symbol) || banned.includes(token),
  );
  if (all && task.name === 'calculator') {
    const share = CALCULATOR_CEILINGS.oracle[problems[0]!.level] ?? 1;
    return { source: 'enumeration', reachable: problems.map(() => share) };
  }
  const studied = problems.map((problem) => memoryless(task, problem));
  if (all && studied.every((reachable) => reachable !== undefined)) {
    return { source: 'study', reachable: studied.map(Number) };
  }
  const reach = reachOf(task, { banned: new Set(banned), budget });
  const reachable: number[] = [];
  for (const problem of problems) {
    const found = reach(problem, []);
    // One that is not known makes the ceiling unknown: the others need not be looked for.
    if (found === undefined) return { source: 'unknown', reachable };
    reachable.push(Number(found));
  }
  return { source: 'search', reachable };
}

/** Whether `problem` can be solved without memory, where its study tells: by a ceiling on `solved`, not on a verdict. */
function memoryless({ study }: Task, problem: Problem): boolean | undefined {
  const ceilings = Object.entries(study?.analyse(problem).ceilings ?? {});
  return ceilings.find(([name]) => name.startsWith(MEMORYLESS) && study!.bounds?.[name] === undefined)?.[1];
}
