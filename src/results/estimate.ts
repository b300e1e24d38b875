// How long the runs of a suite will take: guessed from their sizes, then from those that have been seen.

/** What is known of a run before it is trained. */
export interface Size {
  /** Runs of one kind take about the same time. */
  readonly kind: string;
  /** In no unit; a longer run has more. */
  readonly weight: number;
}

export class Estimator {
  /** Seconds of the finished runs of each kind. */
  private readonly seen = new Map<string, number[]>();
  private weight = 0;
  private seconds = 0;

  /** A run has taken `seconds`. */
  finished({ kind, weight }: Size, seconds: number): void {
    this.seen.set(kind, [...(this.seen.get(kind) ?? []), seconds]);
    this.weight += weight;
    this.seconds += seconds;
  }

  /** Seconds of a whole run; in no unit before any was seen, and good for an order only (`known`). */
  of({ kind, weight }: Size): number {
    const own = this.seen.get(kind);
    if (own !== undefined) return own.reduce((a, b) => a + b) / own.length;
    return this.known ? (weight * this.seconds) / this.weight : weight;
  }

  get known(): boolean {
    return this.weight > 0;
  }

  /**
   * Seconds until `waiting` runs and those under way (seconds left of each) are done by `workers`: the greater of an even
   * share and the longest run.
   */
  left(waiting: readonly Size[], underWay: readonly number[], workers: number): number {
    if (!this.known && waiting.length > 0) return Number.POSITIVE_INFINITY;
    const all = [...waiting.map((size) => this.of(size)), ...underWay];
    const total = all.reduce((a, b) => a + b, 0);
    return Math.max(total / workers, ...all, 0);
  }
}
