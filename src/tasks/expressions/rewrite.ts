// Another way to write the same expression, drawn at random: terms and factors in another order and other parentheses.
// A short program for one way of writing it is then an example for all of them.

import type { Random } from '../../core/random.ts';
import { type Form, normalForm, opposite, type Term } from './normalForm.ts';

/** A structure and, from the left, which of the original's leaves its leaves are. */
export interface Rewriting {
  readonly structure: string;
  readonly leaves: readonly number[];
}

/** A random structure that is algebraically equal to `structure`. Every equal one can come, not equally often. */
export function rewrite(structure: string, random: Random): Rewriting {
  return write(normalForm(structure), random);
}

function write(form: Form, random: Random): Rewriting {
  switch (form.kind) {
    case 'leaf':
      return { structure: 'x', leaves: [form.leaf] };
    case 'product':
      return writeProduct(random.shuffled(form.factors), random);
    case 'sum':
      return writeSum(
        form.terms.map((term) => (random.below(2) === 0 ? term : signMoved(term, random))),
        random,
      );
    default:
      return form satisfies never;
  }
}

function join(operator: string, left: Rewriting, right: Rewriting): Rewriting {
  return { structure: operator + left.structure + right.structure, leaves: [...left.leaves, ...right.leaves] };
}

function writeProduct(factors: readonly Form[], random: Random): Rewriting {
  if (factors.length === 1) return write(factors[0]!, random);
  const cut = 1 + random.below(factors.length - 1);
  return join('*', writeProduct(factors.slice(0, cut), random), writeProduct(factors.slice(cut), random));
}

const isPositive = ({ sign }: Term): boolean => sign === 1;

/** There is no sign before an expression, so both halves need a term that is added, the right one after its operator. */
function writeSum(given: readonly Term[], random: Random): Rewriting {
  if (given.length === 1) return write(given[0]!.form, random);
  const terms = given.some(isPositive) ? given : given.map(opposite);
  for (;;) {
    const order = random.shuffled(terms);
    const cut = 1 + random.below(order.length - 1);
    const [left, right] = [order.slice(0, cut), order.slice(cut)];
    const subtracted = right.map(opposite);
    const minus = random.below(2) === 1;
    if (!left.some(isPositive) || !(minus ? subtracted : right).some(isPositive)) continue;
    return join(minus ? '-' : '+', writeSum(left, random), writeSum(minus ? subtracted : right, random));
  }
}

/** s·(a − b)·c as −s·(b − a)·c, where one of the factors is a sum that can be turned round. */
function signMoved(term: Term, random: Random): Term {
  if (term.form.kind !== 'product') return term;
  const { factors } = term.form;
  const turnable = factors.flatMap((factor, i) => {
    return factor.kind === 'sum' && !factor.terms.every(isPositive) ? [i] : [];
  });
  if (turnable.length === 0) return term;
  const chosen = turnable[random.below(turnable.length)]!;
  const turned = factors.map((factor, i): Form => {
    return i === chosen && factor.kind === 'sum' ? { kind: 'sum', terms: factor.terms.map(opposite) } : factor;
  });
  return opposite({ sign: term.sign, form: { kind: 'product', factors: turned } });
}
