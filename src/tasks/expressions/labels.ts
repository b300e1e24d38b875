// What probes ask of an episode of `expressions`. Operands have random names, so tokens and operations are told by their
// place in the printed expression: `operand 2` is the second operand from the left, `operator 2` stands after it.

import type { Label, Labels } from '../labels.ts';
import { VALUE_LABELS, valueLabels } from '../valueLabels.ts';
import type { ExpressionOptions } from './options.ts';
import { infix, operatorCharacter } from './print.ts';
import type { ExpressionProblem } from './problem.ts';
import type { replayer } from './replay.ts';
import { whole } from './structure.ts';
import { CELLS, KEY, SYMBOLS, vocabulary } from './vocabulary.ts';

/** A value on the machine: the operands in it, from the leftmost to the rightmost, and in `digits` what it is. */
interface Held {
  readonly first: number;
  readonly last: number;
  readonly value: number;
}

/** The machine before a token. */
interface Moment {
  readonly accumulator: Held | undefined;
  /** The stack from the bottom; or registers, with holes. */
  readonly cells: readonly (Held | undefined)[];
  /** A bit for each operand that was entered. */
  readonly used: number;
}

/** What an episode did. */
interface Followed {
  /** [steps] */
  readonly moments: readonly Moment[];
  /** [steps] the operator, counted from 0, that the token had computed; −1 for none. */
  readonly operations: readonly number[];
  /** [steps] whether the token stored something. */
  readonly stores: readonly boolean[];
  readonly tokens: readonly string[];
}

const isStore = (key: number): boolean => key === KEY.STO || (key >= KEY.STO0 && key < KEY.STO0 + CELLS);

/**
 * The operator, in printed order from 0, at which the parts with operands `first` and `last` meet: the root of the
 * smallest part of the expression that has both. It stands between operands i and i + 1 where i is the answer.
 */
function meeting(structure: string, first: number, last: number): number {
  let at = 0;
  let leaf = 0;
  let found = -1;
  const walk = (): void => {
    const begin = leaf;
    if (structure[at++] === 'x') {
      leaf++;
      return;
    }
    walk();
    const middle = leaf - 1;
    walk();
    // The innermost part ends first.
    if (found < 0 && begin <= first && leaf > last) found = middle;
  };
  walk();
  return found;
}

function follow(
  { labels, structure }: ExpressionProblem,
  history: ReturnType<ReturnType<typeof replayer>>['history'],
  names: readonly string[],
): Followed {
  const [moments, operations, stores, tokens]: [Moment[], number[], boolean[], string[]] = [[], [], [], []];
  let accumulator: Held | undefined;
  let pending = 0;
  let cells: (Held | undefined)[] = [];
  let used = 0;
  for (const { acted, key } of history) {
    moments.push({ accumulator, cells, used });
    let operation = -1;
    const enter = (entry: Held): void => {
      if (accumulator === undefined || pending === 0) accumulator = entry;
      else {
        const first = Math.min(accumulator.first, entry.first);
        const last = Math.max(accumulator.last, entry.last);
        // A register may be recalled on top of itself: nothing of the expression is computed then.
        operation = first < last ? meeting(structure, first, last) : -1;
        accumulator = { first, last, value: whole(operatorCharacter(pending), accumulator.value, entry.value) };
      }
      pending = 0;
    };
    const leaf = key < SYMBOLS ? labels.findIndex((label, i) => label === key && ((used >> i) & 1) === 0) : -1;
    if (leaf >= 0 && acted) {
      used |= 1 << leaf;
      enter({ first: leaf, last: leaf, value: labels[leaf]! });
    } else if (acted && key === KEY.RCL) {
      enter(cells.at(-1)!);
      cells = cells.slice(0, -1);
    } else if (acted && key >= KEY.RCL0 && key < KEY.RCL0 + CELLS) enter(cells[key - KEY.RCL0]!);
    else if (acted && isStore(key)) {
      const cell = key === KEY.STO ? cells.length : key - KEY.STO0;
      cells = [...cells];
      cells[cell] = accumulator;
      accumulator = undefined;
    } else if (acted && key >= KEY.ADD && key <= KEY.MUL) pending = key;
    operations.push(operation);
    stores.push(acted && isStore(key));
    tokens.push(leaf >= 0 ? `operand ${leaf + 1}` : names[key]!);
  }
  return { moments, operations, stores, tokens };
}

/** A label and how its value before step `step` is read off; −1 where it has none. */
interface Reader extends Label {
  read(followed: Followed, step: number, problem: ExpressionProblem): number;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

function readers({ memory, operators }: ExpressionOptions): Reader[] {
  const places = Array.from({ length: operators }, (_, i) => `operator ${i + 1}`);
  const toCome = ({ stores }: Followed, step: number) => stores.slice(step).filter(Boolean).length;
  const operation = (ahead: number): Reader => ({
    name: `operation ${ahead} to come`,
    group: 'operations to come',
    kind: 'plan',
    values: places,
    read: ({ operations }, step) => operations.slice(step).filter((one) => one >= 0)[ahead - 1] ?? -1,
  });
  const unused = (leaf: number): Reader => ({
    name: `operand ${leaf + 1} not yet used`,
    group: 'operands not yet used',
    kind: 'state',
    values: ['no', 'yes'],
    read: ({ moments }, step, { labels }) => (leaf < labels.length ? 1 - ((moments[step]!.used >> leaf) & 1) : -1),
  });
  const remembering: Reader[] = [
    {
      name: 'memory to come',
      kind: 'plan',
      values: ['no', 'yes'],
      read: (f, step) => Math.min(1, toCome(f, step)),
    },
    {
      name: 'times memory will be used',
      kind: 'plan',
      values: ['0', '1', '2', '3 or more'],
      read: (f, step) => Math.min(3, toCome(f, step)),
    },
    {
      name: 'cells filled',
      kind: 'state',
      values: numbers(0, CELLS),
      read: ({ moments }, step) => moments[step]!.cells.filter((cell) => cell).length,
    },
  ];
  const top: Reader = {
    name: 'top of the stack',
    kind: 'state',
    values: ['empty', 'an operand', ...places],
    read({ moments }, step, { structure }) {
      const held = moments[step]!.cells.at(-1);
      if (!held) return 0;
      return held.first === held.last ? 1 : 2 + meeting(structure, held.first, held.last);
    },
  };
  return [
    ...Array.from({ length: operators }, (_, i) => operation(i + 1)),
    ...(memory === 'none' ? [] : remembering),
    ...(memory === 'stack' ? [top] : []),
    ...Array.from({ length: operators + 1 }, (_, leaf) => unused(leaf)),
  ];
}

/** Turns of operands and of operators, told apart by the number of the turn. */
function turns({ operators }: ExpressionOptions): Label[] {
  const turn = (name: string, most: number): Label => ({
    name,
    kind: 'plan',
    values: Array.from({ length: most }, (_, i) => String(i + 1)),
  });
  return [turn('turn of an operand', operators + 1), turn('turn of an operator', operators)];
}

/** [2, tokens of the context] when each operand is entered, and when each operator is computed for the first time. */
function turnsOf({ operations, tokens }: Followed, context: readonly number[]): number[][] {
  const entered = tokens.filter((name) => name.startsWith('operand '));
  const computed = [...new Set(operations.filter((operation) => operation >= 0))];
  let [operands, operators] = [0, 0];
  const operand = context.map((token) => (token < SYMBOLS ? entered.indexOf(`operand ${++operands}`) : -1));
  const operator = context.map((token) => (token >= KEY.ADD && token <= KEY.MUL ? computed.indexOf(operators++) : -1));
  return [operand, operator];
}

/** @param replay plays a program on the task's machine. */
export function expressionLabels(
  options: ExpressionOptions,
  replay: ReturnType<typeof replayer>,
): Labels<ExpressionProblem> {
  const names = vocabulary(options.operands, options.think).map(({ symbol }) => symbol);
  const all = readers(options);
  const digits = options.operands === 'digits';
  return {
    labels: [...all.map(({ read: _, ...label }) => label), ...(digits ? VALUE_LABELS : [])],
    places: turns(options),
    structure: ({ structure }) => structure,
    of(problem, program) {
      const followed = follow(problem, replay(problem, program).history, names);
      const values = all.map(({ read }) => followed.moments.map((_, step) => read(followed, step, problem)));
      const held = followed.moments.map(({ accumulator }) => accumulator?.value);
      return {
        values: [...values, ...(digits ? valueLabels(held) : [])],
        tokens: followed.tokens,
        places: turnsOf(followed, infix(problem.structure, problem.labels)),
      };
    },
  };
}
