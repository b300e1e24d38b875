// `expressions`: the agent reads an infix expression and writes the whole program that computes it on a pocket
// calculator with few places to keep things.

import type { z } from 'zod';
import type { Level, Task } from '../task.ts';
import { hindsightOf } from './hindsight.ts';
import { expressionMachine, OBSERVATION } from './machine.ts';
import { type ExpressionOptions, expressionOptions, isMasked, tokenLimit } from './options.ts';
import { contextLength, infix, infixText } from './print.ts';
import { drawProblem, type ExpressionProblem } from './problem.ts';
import { drawStructure } from './split.ts';
import { evaluate, whole } from './structure.ts';
import { KEY, vocabulary } from './vocabulary.ts';

export { expressionOptions } from './options.ts';

export const EXPRESSIONS_TITLE = 'Compile an expression for a pocket calculator: what to compute first, what to keep.';

/** An expression of each level, for people. */
const GOALS = ['a+b', 'a+b*c', '(a-b)*(c+d)', 'a*(b-c*d)+e', '(a+b)*(c-d)-e*f', 'a-(b-c*d)*(e+f)-g', '', ''];

function levelsOf({ operators }: ExpressionOptions): Level[] {
  return Array.from({ length: operators }, (_, level) => ({
    name: `n=${level + 1}`,
    goal: GOALS[level]!,
  }));
}

/** The task, with its options' defaults filled in. */
export function expressionsTask(options: Partial<z.output<typeof expressionOptions>> = {}) {
  const parsed = expressionOptions.parse(options);
  const tokens = vocabulary(parsed.operands);
  const context = ({ structure, labels }: ExpressionProblem) => infix(structure, labels);
  const task: Task<ExpressionProblem> = {
    name: 'expressions',
    title: EXPRESSIONS_TITLE,
    vocabulary: tokens,
    start: KEY.START,
    levels: levelsOf(parsed),
    contextLimit: contextLength(parsed.operators),
    padding: KEY.PAD,
    programLimit: tokenLimit(parsed.operators),
    observation: parsed.loop === 'closed' ? OBSERVATION : [],
    masked: isMasked(parsed),
    sample: (level, split, random) =>
      drawProblem(drawStructure(level + 1, split, parsed.split, random), parsed.operands, random),
    context,
    machine: (lanes) => expressionMachine(lanes, parsed),
    describe(problem) {
      const text = infixText({ vocabulary: tokens }, context(problem));
      if (parsed.operands !== 'digits') return text;
      return `${text} = ${evaluate(problem.structure, (leaf) => problem.labels[leaf]!, whole)}`;
    },
  };
  return { ...task, hindsight: hindsightOf(task, expressionMachine(1, parsed), parsed) };
}
