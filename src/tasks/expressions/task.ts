// `expressions`: the agent reads an infix expression and writes the whole program that computes it on a pocket
// calculator with few places to keep things.

import type { z } from 'zod';
import { InnerloopError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { fnv1a } from '../holdOut.ts';
import type { Level, Split, Task } from '../task.ts';
import { hindsightOf } from './hindsight.ts';
import { expressionLabels } from './labels.ts';
import { expressionMachine, OBSERVATION } from './machine.ts';
import { type ExpressionOptions, expressionOptions, isMasked, tokenLimit } from './options.ts';
import { parseExpression } from './parse.ts';
import { contextLength, infix, infixText } from './print.ts';
import { drawProblem, type ExpressionProblem, problemOf } from './problem.ts';
import { replayer } from './replay.ts';
import { drawStructure } from './split.ts';
import { evaluate, MOST_OPERATORS, operatorCount, whole } from './structure.ts';
import { expressionStudy } from './study.ts';
import { teach } from './teach.ts';
import { KEY, vocabulary } from './vocabulary.ts';

export { expressionOptions } from './options.ts';

export const EXPRESSIONS_TITLE = 'Compile an expression for a pocket calculator: what to compute first, what to keep.';

/** An expression of each level, for people. */
const GOALS = [
  'a + b',
  'a + b * c',
  '(a - b) * (c + d)',
  'a * (b - c * d) + e',
  '(a + b) * (c - d) - e * f',
  'a - (b - c * d) * (e + f) - g',
  'a * b - (c + d) * (e - f * (g + h))',
  '(a - b) * (c + d) - (e + f) * (g - h * i)',
];

function levelsOf({ operators }: ExpressionOptions): Level[] {
  return Array.from({ length: operators }, (_, level) => ({
    name: `n=${level + 1}`,
    goal: GOALS[level]!,
  }));
}

/** The task, with its options' defaults filled in. */
export function expressionsTask(options: Partial<z.output<typeof expressionOptions>> = {}) {
  const parsed = expressionOptions.parse(options);
  const tokens = vocabulary(parsed.operands, parsed.think);
  const context = ({ structure, labels }: ExpressionProblem) => infix(structure, labels);
  const task = {
    name: 'expressions',
    title: EXPRESSIONS_TITLE,
    vocabulary: tokens,
    start: KEY.START,
    levels: levelsOf(parsed),
    contextLimit: contextLength(parsed.operators),
    padding: KEY.PAD,
    programLimit: tokenLimit(parsed.operators) + parsed.think,
    observation: parsed.loop === 'closed' ? OBSERVATION : [],
    masked: isMasked(parsed),
    ...(parsed.think > 0 && { thoughts: { token: KEY.THINK, most: parsed.think } }),
    sample: (level: number, split: Split, random: Random) =>
      drawProblem(drawStructure(level + 1, split, parsed.split, random), parsed.operands, random),
    context,
    machine: (lanes: number) => expressionMachine(lanes, parsed),
    describe(problem: ExpressionProblem) {
      const text = infixText({ vocabulary: tokens }, context(problem));
      if (parsed.operands !== 'digits') return text;
      return `${text} = ${evaluate(problem.structure, (leaf) => problem.labels[leaf]!, whole)}`;
    },
    parse: (text: string, level?: number) => ownProblem(text, level, parsed),
    example: EXAMPLES[parsed.operands][Math.min(parsed.operators, 3) - 1]!,
    teach: (problem: ExpressionProblem) => teach(problem, parsed),
  } satisfies Task<ExpressionProblem>;
  const replay = replayer(task, expressionMachine(1, parsed));
  return {
    ...task,
    hindsight: hindsightOf(replay, parsed),
    study: expressionStudy(parsed, replay),
    labels: expressionLabels(parsed, replay),
    extended: (): Task<ExpressionProblem> => expressionsTask({ ...parsed, operators: MOST_OPERATORS }),
  };
}

/** By operands and operators, the last for all above: what a person may ask for. */
const EXAMPLES = {
  slots: ['x0 - x1', 'x0 * (x1 - x2)', 'x0 * x1 - x2 * x3'],
  shuffled: ['x3 - x1', 'x1 * (x0 - x2)', 'x1 * x4 - x0 * x2'],
  digits: ['7 - 2', '7 * (5 - 2)', '3 * 4 - (5 + 6)'],
} as const;

/** A person's own problem; its hidden values come from its text. */
function ownProblem(text: string, level: number | undefined, options: ExpressionOptions): ExpressionProblem {
  const { structure, labels } = parseExpression(text, options.operands);
  const count = operatorCount(structure);
  const refuse = (expected: string, hint: string): never => {
    throw new InnerloopError({
      kind: 'invalid',
      what: 'expression',
      expected,
      received: `${count} in "${text}"`,
      hint,
    });
  };
  if (count < 1 || count > options.operators) {
    refuse(`1 to ${options.operators} operators`, 'option operators of the task sets the most');
  }
  if (level !== undefined && level !== count - 1) {
    refuse(`${level + 1} operator${level === 0 ? '' : 's'}`, 'or leave the level out: the operators choose it');
  }
  return problemOf(structure, labels, new Random({ key: [fnv1a(structure), fnv1a(labels.join())], drawn: 0 }));
}
