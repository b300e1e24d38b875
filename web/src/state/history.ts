// What has been told so far, in bounded memory: when a series is full, neighbouring points become one.

/** Points that a series holds at the most; a chart has no more pixels than that to spare. */
const CAPACITY = 1024;

/** Columns of numbers over updates. A point is the mean of the updates that it stands for. */
export class Series {
  readonly columns: number;
  private readonly capacity: number;
  /** The last update of each point. */
  private readonly updates: Float64Array;
  /** [columns][points] sums, and how many numbers are in them. */
  private readonly sums: Float64Array[];
  private readonly counts: Float64Array[];
  private readonly rows: Float64Array;
  private points = 0;
  /** Rows that a point stands for once it is full. */
  private stride = 1;

  constructor(columns: number, capacity = CAPACITY) {
    this.columns = columns;
    this.capacity = capacity;
    const column = () => new Float64Array(capacity);
    this.updates = column();
    this.rows = column();
    this.sums = Array.from({ length: columns }, column);
    this.counts = Array.from({ length: columns }, column);
  }

  get length(): number {
    return this.points;
  }

  /** Adds a row; `null` is no number. */
  push(update: number, row: readonly (number | null)[]): void {
    const full = this.points === 0 || this.rows[this.points - 1]! >= this.stride;
    if (full && this.points === this.capacity) this.halve();
    const fresh = this.points === 0 || this.rows[this.points - 1]! >= this.stride;
    if (fresh) this.clearPoint(this.points++);
    const at = this.points - 1;
    this.updates[at] = update;
    this.rows[at]!++;
    for (const [column, value] of row.entries()) {
      if (value === null || !Number.isFinite(value)) continue;
      this.sums[column]![at]! += value;
      this.counts[column]![at]!++;
    }
  }

  x(): number[] {
    return Array.from(this.updates.subarray(0, this.points));
  }

  /** `null` where a point has no number. */
  y(column: number): (number | null)[] {
    const sums = this.sums[column]!;
    const counts = this.counts[column]!;
    return Array.from({ length: this.points }, (_, at) => (counts[at]! > 0 ? sums[at]! / counts[at]! : null));
  }

  /** The last number of a column. */
  last(column: number): number | null {
    for (let at = this.points - 1; at >= 0; at--) {
      const count = this.counts[column]![at]!;
      if (count > 0) return this.sums[column]![at]! / count;
    }
    return null;
  }

  private clearPoint(at: number): void {
    this.rows[at] = 0;
    for (let column = 0; column < this.columns; column++) {
      this.sums[column]![at] = 0;
      this.counts[column]![at] = 0;
    }
  }

  private halve(): void {
    const half = this.points >> 1;
    const merge = (values: Float64Array): void => {
      for (let at = 0; at < half; at++) values[at] = values[2 * at]! + values[2 * at + 1]!;
    };
    for (const column of [this.rows, ...this.sums, ...this.counts]) merge(column);
    for (let at = 0; at < half; at++) this.updates[at] = this.updates[2 * at + 1]!;
    this.points = half;
    this.stride *= 2;
  }
}
