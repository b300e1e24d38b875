// Features of probes: numbers in every column (states), or a few ones among many columns (tokens by position). The last
// column that is used is always one: the intercept.

import { product } from './product.ts';

export interface Features {
  readonly rows: number;
  /** The intercept is the last of them. */
  readonly columns: number;
  /** out[row, class] = Σ features[row, column] · weights[column, class]; `classes` is a multiple of 4. */
  logits(weights: Float64Array, classes: number, out: Float64Array): void;
  /** out[column, class] = Σ features[row, column] · errors[row, class]. */
  gradient(errors: Float64Array, classes: number, out: Float64Array): void;
  /** Solves (features' second moments, halved, + `penalty`) · x = g for every class, or nearly so: g becomes x. */
  precondition(g: Float64Array, classes: number, penalty: number): void;
  /** The features of some rows. */
  select(rows: ArrayLike<number>): Features;
}

/** Floats of an array for `rows` × `columns` with room for `product`. */
export const roomFor = (rows: number, columns: number): number => (rows + (rows % 2)) * columns;

/** Rows of numbers, standardised by the mean and deviation of others: those that a probe is made from. */
export class DenseFeatures implements Features {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1, stride] an even stride; past the last column zeros. */
  private readonly values: Float64Array;
  private readonly stride: number;
  private readonly factors = new Map<number, Float64Array>();

  /** @param values [rows + 1, stride] with the intercept's ones and zeros in place: see `standardised`. */
  constructor(values: Float64Array, rows: number, columns: number) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
    this.stride = columns + (columns % 2);
  }

  logits(weights: Float64Array, classes: number, out: Float64Array): void {
    product(this.values, { depth: 1, row: this.stride }, weights, out, this.columns, this.rows, classes);
  }

  gradient(errors: Float64Array, classes: number, out: Float64Array): void {
    product(this.values, { depth: this.stride, row: 1 }, errors, out, this.rows, this.columns, classes);
  }

  precondition(g: Float64Array, classes: number, penalty: number): void {
    const { columns } = this;
    let factor = this.factors.get(penalty);
    if (!factor) {
      factor = this.factor(penalty);
      this.factors.set(penalty, factor);
    }
    // Forward, then backward substitution, all classes at once.
    for (let i = 0; i < columns; i++) {
      for (let k = 0; k < i; k++) subtract(g, i, k, factor[i * columns + k]!, classes);
      scale(g, i, 1 / factor[i * columns + i]!, classes);
    }
    for (let i = columns - 1; i >= 0; i--) {
      for (let k = i + 1; k < columns; k++) subtract(g, i, k, factor[k * columns + i]!, classes);
      scale(g, i, 1 / factor[i * columns + i]!, classes);
    }
  }

  select(rows: ArrayLike<number>): DenseFeatures {
    const { stride, values } = this;
    const chosen = new Float64Array((rows.length + 1) * stride);
    for (let i = 0; i < rows.length; i++) {
      chosen.set(values.subarray(rows[i]! * stride, (rows[i]! + 1) * stride), i * stride);
    }
    const selected = new DenseFeatures(chosen, rows.length, this.columns);
    // Nearly the same moments, and a preconditioner need not be exact.
    for (const [penalty, factor] of this.factors) selected.factors.set(penalty, factor);
    return selected;
  }

  /** Cholesky factor of half the second moments plus the penalty, which the intercept has a trace of. */
  private factor(penalty: number): Float64Array {
    const { columns, rows, stride, values } = this;
    const width = columns + ((4 - (columns % 4)) % 4);
    const wide = new Float64Array(roomFor(rows, width));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) wide[row * width + column] = values[row * stride + column]!;
    }
    const moments = new Float64Array(roomFor(columns, width));
    this.gradient(wide, width, moments);
    const l = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = moments[i * width + j]! / (2 * Math.max(1, rows));
        if (i === j) sum += i === columns - 1 ? 1e-9 : Math.max(penalty, 1e-9);
        for (let k = 0; k < j; k++) sum -= l[i * columns + k]! * l[j * columns + k]!;
        l[i * columns + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j * columns + j]!;
      }
    }
    return l;
  }
}

function subtract(g: Float64Array, to: number, from: number, factor: number, classes: number): void {
  for (let c = 0; c < classes; c++) g[to * classes + c]! -= factor * g[from * classes + c]!;
}

function scale(g: Float64Array, row: number, factor: number, classes: number): void {
  for (let c = 0; c < classes; c++) g[row * classes + c]! *= factor;
}

/** Mean and deviation of each column; 1 for the deviation of one that never changes. */
export interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Of rows of `width` numbers. */
export function scaleOf(rows: readonly ArrayLike<number>[], width: number): Scale {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i]! += row[i]! / rows.length;
  for (const row of rows) for (let i = 0; i < width; i++) deviation[i]! += (row[i]! - mean[i]!) ** 2 / rows.length;
  for (let i = 0; i < width; i++) deviation[i] = deviation[i]! > 1e-12 ? Math.sqrt(deviation[i]!) : 1;
  return { mean, deviation };
}

/** Rows on the scale of those that a probe is made from, and an intercept. */
export function standardised(rows: readonly ArrayLike<number>[], { deviation, mean }: Scale): DenseFeatures {
  const width = mean.length;
  const columns = width + 1;
  const stride = columns + (columns % 2);
  const values = new Float64Array((rows.length + 1) * stride);
  for (const [row, numbers] of rows.entries()) {
    for (let i = 0; i < width; i++) values[row * stride + i] = (numbers[i]! - mean[i]!) / deviation[i]!;
    values[row * stride + width] = 1;
  }
  return new DenseFeatures(values, rows.length, columns);
}

/** Rows that are one in a few columns and zero elsewhere. */
export class SparseFeatures implements Features {
  readonly rows: number;
  readonly columns: number;
  /** [rows] the columns that are one, the intercept's among them. */
  private readonly ones: readonly Int32Array[];
  private shares: Float64Array | undefined;

  /** @param ones the columns that are one in each row, the intercept (`columns` − 1) left out. */
  static of(ones: readonly (readonly number[])[], columns: number): SparseFeatures {
    return new SparseFeatures(
      ones.map((row) => Int32Array.from([...row, columns - 1])),
      columns,
    );
  }

  private constructor(ones: readonly Int32Array[], columns: number) {
    this.ones = ones;
    this.rows = ones.length;
    this.columns = columns;
  }

  logits(weights: Float64Array, classes: number, out: Float64Array): void {
    for (let row = 0; row < this.rows; row++) {
      const to = row * classes;
      const columns = this.ones[row]!;
      for (let c = 0; c < classes; c += 4) {
        let [a, b, d, e] = [0, 0, 0, 0];
        for (let i = 0; i < columns.length; i++) {
          const from = columns[i]! * classes + c;
          a += weights[from]!;
          b += weights[from + 1]!;
          d += weights[from + 2]!;
          e += weights[from + 3]!;
        }
        out[to + c] = a;
        out[to + c + 1] = b;
        out[to + c + 2] = d;
        out[to + c + 3] = e;
      }
    }
  }

  gradient(errors: Float64Array, classes: number, out: Float64Array): void {
    out.fill(0);
    for (let row = 0; row < this.rows; row++) {
      const from = row * classes;
      const columns = this.ones[row]!;
      for (let i = 0; i < columns.length; i++) {
        const to = columns[i]! * classes;
        for (let c = 0; c < classes; c++) out[to + c]! += errors[from + c]!;
      }
    }
  }

  /** By the diagonal alone. */
  precondition(g: Float64Array, classes: number, penalty: number): void {
    this.shares ??= this.countShares();
    for (let column = 0; column < this.columns; column++) {
      const own = column === this.columns - 1 ? 1e-9 : Math.max(penalty, 1e-9);
      scale(g, column, 1 / (this.shares[column]! / 2 + own), classes);
    }
  }

  select(rows: ArrayLike<number>): SparseFeatures {
    return new SparseFeatures(
      Array.from(rows, (row) => this.ones[row]!),
      this.columns,
    );
  }

  private countShares(): Float64Array {
    const shares = new Float64Array(this.columns);
    for (const row of this.ones) for (const column of row) shares[column]! += 1 / this.rows;
    return shares;
  }
}
