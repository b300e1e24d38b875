// The one product that probes need, in float64.

/** How a matrix lies in its array: element (depth k, row m) is at k · `depth` + m · `row`. */
export interface Strides {
  readonly depth: number;
  readonly row: number;
}

/** Depths that are summed before the next rows come: what they read stays near. */
const BLOCK = 256;

/**
 * out[m, n] = Σₖ a[k, m] · b[k, n], every sum in the order of k: of features and weights it is the logits, of features
 * turned the other way and errors the gradient.
 *
 * @param a [depth, rows] in any layout; an even number of rows is read, past the last one what is there.
 * @param b [depth, columns], columns a multiple of 4.
 * @param out [rows, columns], room for an even number of rows.
 */
export function product(
  a: Float64Array,
  strides: Strides,
  b: Float64Array,
  out: Float64Array,
  depth: number,
  rows: number,
  columns: number,
): void {
  out.fill(0, 0, (rows + (rows % 2)) * columns);
  for (let from = 0; from < depth; from += BLOCK) {
    const to = Math.min(depth, from + BLOCK);
    for (let m = 0; m < rows; m += 2) {
      for (let n = 0; n < columns; n += 4) tile(a, strides.depth, strides.row, b, out, from, to, m, n, columns);
    }
  }
}

/** Two rows by four columns at a time: their eight sums stay in registers. */
function tile(
  a: Float64Array,
  depthStride: number,
  rowStride: number,
  b: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  m: number,
  n: number,
  columns: number,
): void {
  const at = m * columns + n;
  const below = at + columns;
  let s00 = out[at]!;
  let s01 = out[at + 1]!;
  let s02 = out[at + 2]!;
  let s03 = out[at + 3]!;
  let s10 = out[below]!;
  let s11 = out[below + 1]!;
  let s12 = out[below + 2]!;
  let s13 = out[below + 3]!;
  let i = from * depthStride + m * rowStride;
  let j = from * columns + n;
  for (let k = from; k < to; k++) {
    const x = a[i]!;
    const y = a[i + rowStride]!;
    const b0 = b[j]!;
    const b1 = b[j + 1]!;
    const b2 = b[j + 2]!;
    const b3 = b[j + 3]!;
    s00 += x * b0;
    s01 += x * b1;
    s02 += x * b2;
    s03 += x * b3;
    s10 += y * b0;
    s11 += y * b1;
    s12 += y * b2;
    s13 += y * b3;
    i += depthStride;
    j += columns;
  }
  out[at] = s00;
  out[at + 1] = s01;
  out[at + 2] = s02;
  out[at + 3] = s03;
  out[below] = s10;
  out[below + 1] = s11;
  out[below + 2] = s12;
  out[below + 3] = s13;
}
