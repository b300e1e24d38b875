// Minimisation by limited-memory BFGS (Nocedal & Wright 2006, Numerical Optimization, algorithm 7.5) with a backtracking
// line search. Nothing is left to chance.

export interface Minimised {
  readonly iterations: number;
  /** Whether the gradient became as small as was asked for. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** Largest absolute entry of the gradient at which to stop. */
  readonly tolerance: number;
  readonly iterations: number;
  /** An approximate inverse Hessian, in place; positive definite. */
  precondition(gradient: Float64Array): void;
}

/** Pairs of steps and changes of the gradient that are remembered. */
const MEMORY = 8;
/** Share of the decrease that the gradient promises with which a step is good enough. */
const SUFFICIENT = 1e-4;
const HALVINGS = 30;
/** Of a value, by which rounding may hide that it fell: the gradient still tells. */
const ROUNDING = 1e-14;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / step · change. */
  readonly curvature: number;
}

/**
 * Moves `x` to a minimum of a convex function.
 * @param evaluate answers the value at `x` and writes its gradient.
 */
export function minimise(
  x: Float64Array,
  evaluate: (x: Float64Array, gradient: Float64Array) => number,
  { iterations, precondition, tolerance }: MinimiseOptions,
): Minimised {
  let gradient = new Float64Array(x.length);
  let value = evaluate(x, gradient);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(gradient) <= tolerance) return { iterations: iteration, converged: true };
    const direction = descent(gradient, pairs, precondition);
    const slope = dot(gradient, direction);
    const next = new Float64Array(x.length);
    const nextGradient = new Float64Array(x.length);
    const slack = ROUNDING * Math.abs(value);
    let length = 1;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < HALVINGS; halving++, length /= 2) {
      for (let i = 0; i < x.length; i++) next[i] = x[i]! + length * direction[i]!;
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * length * slope + slack) break;
    }
    // Rounding leaves nothing to gain.
    if (!(nextValue <= value + slack)) return { iterations: iteration, converged: false };
    const step = next.map((to, i) => to - x[i]!);
    const change = nextGradient.map((to, i) => to - gradient[i]!);
    const curvature = dot(step, change);
    if (curvature > 0) pairs.push({ step, change, curvature: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    x.set(next);
    gradient = nextGradient;
    value = nextValue;
  }
  return { iterations, converged: largest(gradient) <= tolerance };
}

/** The two loops of L-BFGS. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: (gradient: Float64Array) => void,
): Float64Array {
  const direction = gradient.slice();
  const shares = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { change, curvature, step } = pairs[i]!;
    shares[i] = curvature * dot(step, direction);
    add(direction, -shares[i]!, change);
  }
  precondition(direction);
  const last = pairs.at(-1);
  if (last) {
    // The scale that the last step saw.
    const seen = last.change.slice();
    precondition(seen);
    const factor = 1 / (last.curvature * dot(last.change, seen));
    for (let i = 0; i < direction.length; i++) direction[i]! *= factor;
  }
  for (const [i, { change, curvature, step }] of pairs.entries()) {
    add(direction, shares[i]! - curvature * dot(change, direction), step);
  }
  for (let i = 0; i < direction.length; i++) direction[i] = -direction[i]!;
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}

function largest(a: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]!));
  return most;
}
