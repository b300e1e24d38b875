// Shortest programs, over all that are algebraically right. As every operand stands once, a right program computes the
// terms and factors of the normal form in some order and up to signs; what it may save is only `STO` and `RCL`. So a
// part is planned for either sign and for the cells that are free when its turn comes.

import { type Form, normalForm, type Term } from './normalForm.ts';
import { CELLS, KEY } from './vocabulary.ts';

/** Keys that leave a part, or its negative, in the accumulator; leaf i stands as −1 − i. */
type Plan = readonly number[];
type Sign = 1 | -1;

const leafKey = (leaf: number): number => -1 - leaf;
const { MUL, STO, RCL, ANS } = KEY;
const asSign = (product: number): Sign => (product > 0 ? 1 : -1);
const applied = (sign: number): number => (sign > 0 ? KEY.ADD : KEY.SUB);

function shorter(a: Plan | undefined, b: Plan | undefined): Plan | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.length <= b.length ? a : b;
}

/** A plan with the sign that it comes to. */
interface Signed {
  readonly plan: Plan;
  readonly sign: Sign;
}

function signed(form: Form, sign: Sign, cells: number): Signed | undefined {
  const plan = planOf(form, sign, cells);
  return plan && { plan, sign };
}

/** Whichever sign is shorter to come by. */
function either(form: Form, cells: number): Signed | undefined {
  const [upright, negated] = [signed(form, 1, cells), signed(form, -1, cells)];
  if (upright === undefined || negated === undefined) return upright ?? negated;
  return upright.plan.length <= negated.plan.length ? upright : negated;
}

/** The shortest plan for `sign` times `form` with `cells` free cells; `undefined` where there is none. */
function planOf(form: Form, sign: Sign, cells: number): Plan | undefined {
  switch (form.kind) {
    case 'leaf':
      return sign === 1 ? [leafKey(form.leaf)] : undefined;
    case 'sum':
      return planSum(form.terms, sign, cells);
    case 'product':
      return planProduct(form.factors, sign, cells);
    default:
      return form satisfies never;
  }
}

/**
 * Terms that are products come one after the other, each but the first over a stored partial sum of those before; then
 * the operands. The chain that is last begins with a term that is positive: a product, or an operand over the partial
 * sum of all products. The first product has all cells to itself, later ones one less.
 */
function planSum(terms: readonly Term[], sign: Sign, cells: number): Plan | undefined {
  const compounds = terms.filter(({ form }) => form.kind !== 'leaf');
  const operands = terms.filter(({ form }) => form.kind === 'leaf');
  const positive = operands.filter((term) => term.sign === sign).slice(0, 1);
  let best: Plan | undefined;
  for (const last of [...compounds, ...positive]) {
    const before = compounds.filter((term) => term !== last);
    const rest = operands.filter((term) => term !== last);
    if (before.length === 0) best = shorter(best, chain([last], rest, sign, cells));
    for (const first of before) {
      const middle = before.filter((term) => term !== first);
      best = shorter(best, chain([first, ...middle, last], rest, sign, cells));
    }
  }
  return best;
}

/** The terms in this order, each but the first over a stored partial sum, then `operands`; in all, `sign` times it. */
function chain(terms: readonly Term[], operands: readonly Term[], sign: Sign, cells: number): Plan | undefined {
  if (terms.length > 1 && cells === 0) return undefined;
  const plan: number[] = [];
  /** The accumulator holds this times the partial sum. */
  let state = 0;
  for (const [i, term] of terms.entries()) {
    const free = i === 0 ? cells : cells - 1;
    const last = i === terms.length - 1;
    const part = last ? signed(term.form, asSign(sign * term.sign), free) : either(term.form, free);
    if (part === undefined) return undefined;
    const next = part.sign * term.sign;
    if (i === 0) plan.push(...part.plan);
    else plan.push(STO, ...part.plan, applied(next * state), RCL);
    state = next;
  }
  for (const term of operands) plan.push(applied(sign * term.sign), ...planOf(term.form, 1, 0)!);
  return plan;
}

/** Factors that are sums come one after the other, each but the first over the stored product of those before. */
function planProduct(factors: readonly Form[], sign: Sign, cells: number): Plan | undefined {
  const compounds = factors.filter(({ kind }) => kind !== 'leaf');
  const operands = factors.flatMap((form) => (form.kind === 'leaf' ? [MUL, leafKey(form.leaf)] : []));
  if (compounds.length === 0) return sign === 1 ? operands.slice(1) : undefined;
  if (compounds.length > 1 && cells === 0) return undefined;
  let best: Plan | undefined;
  for (const first of compounds) {
    /** Plans of the product so far, and of its negative. */
    let plans = [planOf(first, 1, cells), planOf(first, -1, cells)];
    for (const factor of compounds) {
      if (factor === first) continue;
      const [upright, negated] = [planOf(factor, 1, cells - 1), planOf(factor, -1, cells - 1)];
      plans = [
        shorter(joined(plans[0], upright), joined(plans[1], negated)),
        shorter(joined(plans[0], negated), joined(plans[1], upright)),
      ];
    }
    best = shorter(best, plans[sign === 1 ? 0 : 1]);
  }
  return best && [...best, ...operands];
}

/** A factor after those before it, which wait in a cell. */
const joined = (before: Plan | undefined, factor: Plan | undefined): Plan | undefined =>
  before && factor && [...before, STO, ...factor, MUL, RCL];

/** Plans by structure, for each number of cells; forgotten when there are many. */
const known = Array.from({ length: CELLS + 1 }, () => new Map<string, Plan | null>());
const KEPT = 200_000;

/**
 * A shortest program for `structure` with a stack of `cells`, `ANS` included; leaf i stands as −1 − i.
 * @returns `undefined` where no program computes it.
 */
export function shortestProgram(structure: string, cells: number): readonly number[] | undefined {
  const plans = known[cells]!;
  let plan = plans.get(structure);
  if (plan === undefined) {
    const found = planOf(normalForm(structure), 1, cells);
    plan = found ? [...found, ANS] : null;
    if (plans.size >= KEPT) plans.clear();
    plans.set(structure, plan);
  }
  return plan ?? undefined;
}
