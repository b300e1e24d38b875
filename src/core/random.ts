// Counter-based random streams: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011). A draw is a pure function of (key, counter), so nothing depends on the order of use.

const PARITY = 0x1bd11bda;
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Two 32-bit words: a key, a counter or a block of output. */
export type Words = readonly [number, number];

/** One Threefry-2x32-20 block. All words are unsigned 32-bit integers. */
export function threefry(key: Words, counter: Words): Words {
  const schedule = [key[0], key[1], PARITY ^ key[0] ^ key[1]];
  let x = (counter[0] + schedule[0]!) >>> 0;
  let y = (counter[1] + schedule[1]!) >>> 0;
  for (let group = 0; group < 5; group++) {
    for (const rotation of ROTATIONS[group & 1]!) {
      x = (x + y) >>> 0;
      y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    }
    x = (x + schedule[(group + 1) % 3]!) >>> 0;
    y = (y + schedule[(group + 2) % 3]! + group + 1) >>> 0;
  }
  return [x, y >>> 0];
}

/** The independent streams of one seed. Adding a name at the end keeps the others' bits. */
export const STREAMS = [
  'initialisation',
  'task',
  'policy',
  'curriculum',
  'evaluation',
  'hindsight',
  'minibatches',
  'selfImitation',
] as const;
export type StreamName = (typeof STREAMS)[number];

/** Where a stream stands: enough to go on from exactly there. */
export interface RandomState {
  readonly key: Words;
  readonly drawn: number;
}

/** A serialisable stream of random numbers under one key. */
export class Random {
  readonly key: Words;
  private drawn: number;
  private spare = 0;

  constructor(state: RandomState) {
    this.key = state.key;
    this.drawn = state.drawn;
    if (this.drawn % 2 === 1) this.spare = threefry(this.key, [(this.drawn - 1) >>> 1, 0])[1];
  }

  /** The stream `name` of `seed` (an integer from 0 to 2^53 − 1). */
  static stream(seed: number, name: StreamName): Random {
    const seedKey: Words = [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0];
    return new Random({ key: threefry(seedKey, [STREAMS.indexOf(name), 1]), drawn: 0 });
  }

  /** An independent stream for the integer `index` ≥ 0; does not advance this one. */
  fold(index: number): Random {
    return new Random({ key: threefry(this.key, [index >>> 0, 0x80000000]), drawn: 0 });
  }

  get state(): RandomState {
    return { key: this.key, drawn: this.drawn };
  }

  /** The next 32 random bits, as an unsigned integer. */
  bits(): number {
    if (this.drawn++ % 2 === 1) return this.spare;
    const block = threefry(this.key, [(this.drawn - 1) >>> 1, 0]);
    this.spare = block[1];
    return block[0];
  }

  /** Uniform on [0, 1) with 24 bits, exact in float32. */
  uniform(): number {
    return (this.bits() >>> 8) / 0x1000000;
  }

  /** A uniform integer in [0, n), without bias (rejection). `n` ≤ 2^32. */
  below(n: number): number {
    const limit = 0x100000000 - (0x100000000 % n);
    let bits = this.bits();
    while (bits >= limit) bits = this.bits();
    return bits % n;
  }

  /** A copy of `items` in random order, every order as likely as any other (Fisher & Yates; Durstenfeld 1964). */
  shuffled<T>(items: Iterable<T>): T[] {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  }

  /** A standard normal number (Marsaglia's polar method), the same bits on every engine. */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) return x * Math.sqrt((-2 * logarithm(s)) / s);
    }
  }
}

/**
 * Natural logarithm of a positive normal number by +, −, ×, ÷ only: JavaScript's own differs between engines in the
 * last bits. Relative error below 1e-14. ln(x) = k ln 2 + 2 artanh((m − 1) / (m + 1)), m in [√½, √2).
 */
export function logarithm(x: number): number {
  let m = x;
  let k = 0;
  while (m >= Math.SQRT2) {
    m /= 2;
    k++;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum = 0;
  for (let n = 21; n >= 1; n -= 2) sum = sum * s2 + 1 / n;
  return k * Math.LN2 + 2 * s * sum;
}
