// Probes: multinomial logistic regression with an L2 penalty, in float64.

import { type Features, roomFor } from './features.ts';
import { minimise } from './lbfgs.ts';

export interface FitOptions {
  /**
   * λ of mean log loss + λ/2 · Σ weights², the intercepts left out: 1 / (C · rows) of scikit-learn's
   * `LogisticRegression`.
   */
  readonly penalty: number;
  /** Largest absolute entry of the gradient at which to stop; default 1e-3, far below what moves an accuracy. */
  readonly tolerance?: number;
  /** Default 60. */
  readonly iterations?: number;
}

export interface Probe {
  /** Distinct labels that it was made from, ascending: what it can answer. */
  readonly classes: readonly number[];
  /** [columns, stride] weights; those of the last column are the intercepts. */
  readonly weights: Float64Array;
  /** `classes.length` and up to the next multiple of 4. */
  readonly stride: number;
  readonly converged: boolean;
  readonly iterations: number;
}

const strideOf = (classes: number): number => 4 * Math.ceil(classes / 4);

/** @param labels [rows] what the features' rows should be told to be; at least one row. */
export function fitProbe(
  features: Features,
  labels: ArrayLike<number>,
  { iterations = 60, penalty, tolerance = 1e-3 }: FitOptions,
): Probe {
  const { columns, rows } = features;
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const count = classes.length;
  const stride = strideOf(count);
  const target = Int32Array.from(labels, (label) => classes.indexOf(label));
  const weights = new Float64Array(roomFor(columns, stride));
  const errors = new Float64Array(roomFor(rows, stride));
  const penalised = (columns - 1) * stride;

  function evaluate(w: Float64Array, gradient: Float64Array): number {
    features.logits(w, stride, errors);
    let loss = 0;
    for (let row = 0; row < rows; row++) loss += softmaxError(errors, row * stride, count, stride, target[row]!, rows);
    features.gradient(errors, stride, gradient);
    let squares = 0;
    for (let i = 0; i < penalised; i++) {
      squares += w[i]! * w[i]!;
      gradient[i]! += penalty * w[i]!;
    }
    // Room beyond the last column is nobody's.
    gradient.fill(0, columns * stride);
    return loss / rows + (penalty / 2) * squares;
  }

  if (count === 1) return { classes, weights, stride, converged: true, iterations: 0 };
  const minimised = minimise(weights, evaluate, {
    tolerance,
    iterations,
    precondition: (g) => features.precondition(g, stride, penalty),
  });
  return { classes, weights, stride, ...minimised };
}

/** Turns a row's logits into (softmax − one-hot) / rows. @returns its log loss. */
function softmaxError(
  z: Float64Array,
  at: number,
  count: number,
  stride: number,
  target: number,
  rows: number,
): number {
  let most = z[at]!;
  for (let c = 1; c < count; c++) most = Math.max(most, z[at + c]!);
  const own = z[at + target]! - most;
  let sum = 0;
  for (let c = 0; c < count; c++) {
    const e = Math.exp(z[at + c]! - most);
    z[at + c] = e;
    sum += e;
  }
  const factor = 1 / (sum * rows);
  for (let c = 0; c < count; c++) z[at + c]! *= factor;
  for (let c = count; c < stride; c++) z[at + c] = 0;
  z[at + target]! -= 1 / rows;
  return Math.log(sum) - own;
}

/** [rows] the likeliest label of every row; the lowest where several are. */
export function predict({ classes, stride, weights }: Probe, features: Features): Int32Array {
  const logits = new Float64Array(roomFor(features.rows, stride));
  features.logits(weights, stride, logits);
  return Int32Array.from({ length: features.rows }, (_, row) => {
    let best = 0;
    for (let c = 1; c < classes.length; c++) if (logits[row * stride + c]! > logits[row * stride + best]!) best = c;
    return classes[best]!;
  });
}

/** A label, and how sure the probe is of it. */
export interface Told {
  readonly label: number;
  /** 0 to 1, by the probe. */
  readonly probability: number;
}

/** What a probe makes of the first row. */
export function likeliest({ classes, stride, weights }: Probe, features: Features): Told {
  const logits = new Float64Array(roomFor(features.rows, stride));
  features.logits(weights, stride, logits);
  const own = logits.subarray(0, classes.length);
  const best = own.indexOf(Math.max(...own));
  return { label: classes[best]!, probability: 1 / own.reduce((sum, z) => sum + Math.exp(z - own[best]!), 0) };
}

/** The commonest label; the lowest where several are. */
export function majority(labels: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0]![0];
}
