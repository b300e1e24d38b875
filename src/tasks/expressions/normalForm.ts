// What an expression is up to algebra: sums of products of sums, where every operand stands once. Such a polynomial
// has one factorisation, so that two expressions are equal exactly when these forms are, up to the order of the parts.

import { MINUS, TIMES } from './structure.ts';

/** An operand, a sum of signed terms that are no sums, or a product of factors that are no products. */
export type Form =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'sum'; readonly terms: readonly Term[] }
  | { readonly kind: 'product'; readonly factors: readonly Form[] };

export interface Term {
  readonly sign: 1 | -1;
  readonly form: Form;
}

const termsOf = (form: Form): readonly Term[] => (form.kind === 'sum' ? form.terms : [{ sign: 1, form }]);
const factorsOf = (form: Form): readonly Form[] => (form.kind === 'product' ? form.factors : [form]);
/** The term subtracted instead of added. */
export const opposite = ({ sign, form }: Term): Term => ({ sign: sign === 1 ? -1 : 1, form });

/** The form of `structure`; leaves are counted from the left. */
export function normalForm(structure: string): Form {
  let at = 0;
  let leaf = 0;
  const read = (): Form => {
    const code = structure.charCodeAt(at++);
    if (code !== TIMES && code !== MINUS && structure[at - 1] !== '+') return { kind: 'leaf', leaf: leaf++ };
    const left = read();
    const right = read();
    if (code === TIMES) return { kind: 'product', factors: [...factorsOf(left), ...factorsOf(right)] };
    const added = code === MINUS ? termsOf(right).map(opposite) : termsOf(right);
    return { kind: 'sum', terms: [...termsOf(left), ...added] };
  };
  return read();
}
