// The class of an expression: what is equal up to algebra and renaming of operands. As every operand stands once, the
// parts of a sum or product have operands of their own, and can be renamed independently of each other.

import { type Form, normalForm, type Term } from './normalForm.ts';

/** `name` names the class of a form or of its negative, whichever comes first; `sign` says which. */
interface Named {
  readonly name: string;
  /** 1 or −1: the form is a renaming of `sign` times what `name` says; 0: it is a renaming of its own negative. */
  readonly sign: 1 | -1 | 0;
}

/** By name of the part, how much more often it stands with + than with −, and how often in all. */
interface Tally {
  plus: number;
  minus: number;
  either: number;
}

function nameSum(terms: readonly Term[]): Named {
  const tallies = new Map<string, Tally>();
  for (const { sign, form } of terms) {
    const part = name(form);
    const tally = tallies.get(part.name) ?? { plus: 0, minus: 0, either: 0 };
    tallies.set(part.name, tally);
    // (a − b)·c is its own negative once a and b change names: its sign says nothing.
    if (part.sign === 0) tally.either++;
    else if (part.sign === sign) tally.plus++;
    else tally.minus++;
  }
  const parts = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
  const write = (positive: 'plus' | 'minus', negative: 'plus' | 'minus') =>
    `(${parts.map(([part, tally]) => `${tally[positive]},${tally[negative]},${tally.either}${part}`).join('')})`;
  const [upright, negated] = [write('plus', 'minus'), write('minus', 'plus')];
  if (upright === negated) return { name: upright, sign: 0 };
  return upright < negated ? { name: upright, sign: 1 } : { name: negated, sign: -1 };
}

function nameProduct(factors: readonly Form[]): Named {
  const parts = factors.map(name);
  const negative = parts.filter(({ sign }) => sign === -1).length;
  const either = parts.some(({ sign }) => sign === 0);
  const names = parts.map((part) => part.name).sort();
  return { name: `[${names.join('')}]`, sign: either ? 0 : negative % 2 === 0 ? 1 : -1 };
}

function name(form: Form): Named {
  switch (form.kind) {
    case 'leaf':
      return { name: 'x', sign: 1 };
    case 'sum':
      return nameSum(form.terms);
    case 'product':
      return nameProduct(form.factors);
    default:
      return form satisfies never;
  }
}

/** A text that two structures share exactly when some renaming of operands makes them algebraically equal. */
export function algebraicClass(structure: string): string {
  const named = name(normalForm(structure));
  return `${named.sign}${named.name}`;
}
