// The rules by which decoding is judged: constants, the same for every agent.

import type { Measure } from './dataset/measure.ts';
import { type Criterion, judge, untold } from './section.ts';

/** Least selectivity that counts: of tokens and operations, which have many values; and of labels, which have few. */
export const LEAST_SELECTIVITY = { tokens: 0.1, labels: 0.05 } as const;

/** What a task calls these, where it has them. */
const OPERATIONS = 'operations to come';
const MEMORY = 'memory to come';
const OPERATORS = 'turn of an operator';

/** What of a result the rules read. */
interface Judged {
  readonly labels: readonly {
    readonly name: string;
    readonly cells: readonly (Measure & { readonly step: number })[];
  }[];
  /** From the lowest. */
  readonly levels: readonly {
    readonly before?: { readonly laterTokens: Measure; readonly whole: Measure; readonly inContext?: Measure };
  }[];
  readonly places: readonly { readonly name: string; readonly all: Measure }[];
}

/** Means over all cells, which a result tells one by one. */
interface Pooled {
  /** Tokens 1 to 8 steps ahead, at every step. */
  readonly ahead: Measure | undefined;
  /** Labels of what the machine holds, at every step. */
  readonly values: Measure | undefined;
}

const percent = (share: number): string => `${Math.round(100 * share)} points`;

function criterion(id: string, question: string, about: string, found: Measure | undefined, least: number): Criterion {
  const rule =
    `Selectivity (accuracy above the best control: inputs alone, an untrained network, shuffled labels, the commonest ` +
    `answer and, where one is given, an agent trained without memory) of ${about}: met where its whole 95 % interval ` +
    `reaches ${percent(least)}, not met where none of it does. The control is picked on the very episodes that are judged, ` +
    `which favours it.`;
  if (!found) {
    const control = { name: 'none', number: null };
    return { id, question, number: null, interval: null, control, ...untold('there was nothing to measure'), rule };
  }
  const { accuracy, accuracyInterval, control, interval, selectivity, source } = found;
  return {
    id,
    question,
    number: accuracy[source]!,
    interval: accuracyInterval,
    control: { name: control, number: accuracy[control]! },
    ...(interval && { selectivity: { number: selectivity, interval } }),
    ...judge(interval, least),
    rule,
  };
}

export function decodeCriteria({ labels, levels, places }: Judged, { ahead, values }: Pooled): Criterion[] {
  const { labels: fewValues, tokens: manyValues } = LEAST_SELECTIVITY;
  const before = levels.findLast((level) => level.before)?.before;
  const atStart = (name: string) => labels.find((label) => label.name === name)?.cells.find(({ step }) => step === 0);
  return [
    criterion(
      'decodable-ahead',
      'Does the state tell tokens to come beyond what the inputs tell?',
      'the tokens 1 to 8 steps ahead, mean over all steps and look-aheads',
      ahead,
      manyValues,
    ),
    criterion(
      'decodable-before-first-token',
      'Does the state before the first token tell the tokens after it?',
      'a program’s tokens after the first, read before the first, at the highest level',
      before?.laterTokens,
      manyValues,
    ),
    criterion(
      'whole-program-before-first-token',
      'Does the state before the first token tell the whole program?',
      'all tokens of a program at once, read before the first, at the highest level',
      before?.whole,
      manyValues,
    ),
    criterion(
      'decodable-in-encoded-context',
      'Does the encoded context tell the tokens after the first, before that?',
      'a program’s tokens after the first, read from the mean of the encoded context, at the highest level',
      before?.inContext,
      manyValues,
    ),
    criterion(
      'operations-before-first-token',
      'Does the state before the first token tell the order of the operations?',
      'the operations to come, read before the first token, mean over all of them',
      atStart(OPERATIONS),
      manyValues,
    ),
    criterion(
      'memory-before-first-token',
      'Does the state before the first token tell whether memory will be used?',
      'whether memory will be used, read before the first token',
      atStart(MEMORY),
      fewValues,
    ),
    criterion(
      'turns-in-encoded-context',
      'Do the encoded operators tell when each will be computed?',
      'the turn of an operator, read from its place in the encoded context',
      places.find(({ name }) => name === OPERATORS)?.all,
      manyValues,
    ),
    criterion(
      'value-held',
      'Does the state tell the value that the machine has computed?',
      'what the accumulator holds, mean over all steps and labels',
      values,
      fewValues,
    ),
  ];
}
