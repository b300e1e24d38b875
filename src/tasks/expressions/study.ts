// What can be told of an expression without an agent: its kin, whether it needs memory, how short its program can be.

import type { Random } from '../../core/random.ts';
import type { Analysis, ProblemSet, Study } from '../study.ts';
import type { Split } from '../task.ts';
import { algebraicClass } from './classes.ts';
import { chainReaches } from './literalChain.ts';
import { isMemoryless } from './memoryless.ts';
import type { ExpressionOptions } from './options.ts';
import { drawProblem, type ExpressionProblem } from './problem.ts';
import type { replayer } from './replay.ts';
import { drawStructure, FIRST_HELD_OUT, type SplitBy } from './split.ts';
import { evaluate, operatorCount, whole } from './structure.ts';
import { shortestLength } from './teach.ts';

function analyse(problem: ExpressionProblem, { memory, operands }: ExpressionOptions): Analysis {
  const { labels, structure } = problem;
  const chain = isMemoryless(structure);
  const shortest = shortestLength(problem, memory);
  const value = () => evaluate(structure, (leaf) => labels[leaf]!, whole);
  return {
    // Of one and two operators all structures are trained on and played: there are no others to generalise to.
    ...(operatorCount(structure) >= FIRST_HELD_OUT && { cluster: structure }),
    family: algebraicClass(structure),
    groups: { 'needs memory': !chain, 'needs none': chain },
    ceilings: {
      'no memory': chain,
      // Literal digits may come out right in another way, without all of them even: for who can reckon ahead.
      ...(operands === 'digits' && { 'no memory, these digits': chain || chainReaches(labels, value()) }),
    },
    ...(shortest !== undefined && { shortest }),
  };
}

type Sets = readonly ProblemSet<ExpressionProblem>[];

/** Of each split what it holds out for tests, the training's own first; and what was trained on. */
function setsOf({ operands, split: own }: ExpressionOptions): Sets {
  const set = (name: string, by: SplitBy, split: Split, about: string, held?: string) => ({
    name,
    about,
    heldOut: (level: number) => (level + 1 >= FIRST_HELD_OUT ? held : undefined),
    sample: (level: number, random: Random) =>
      drawProblem(drawStructure(level + 1, split, by, random), operands, random),
  });
  const classes = (about: string, held?: string) => set('test classes', 'class', 'test', about, held);
  const structures = (about: string, held?: string) => set('test structures', 'structure', 'test', about, held);
  const training = set('training structures', own, 'train', 'structures that training saw, with operands drawn anew');
  if (own === 'structure') {
    return [
      structures('structures that training never saw', 'structures'),
      classes('no hold-out: this run held out structures alone, and trained on most of these'),
      training,
    ];
  }
  return [
    classes('whole algebraic classes that training never saw', 'classes'),
    structures('no hold-out: this run held out classes, and trained on most of these structures'),
    training,
  ];
}

/** @param replay plays a program on the task's machine. */
export function expressionStudy(
  options: ExpressionOptions,
  replay: ReturnType<typeof replayer>,
): Study<ExpressionProblem> {
  const study: Study<ExpressionProblem> = {
    analyse: (problem) => analyse(problem, options),
    sets: setsOf(options),
  };
  if (options.operands !== 'digits') return study;
  return {
    ...study,
    verdicts: (problem, program) => ({ 'right for any digits': replay(problem, program).algebraic }),
    bounds: { 'no memory': 'right for any digits' },
  };
}
