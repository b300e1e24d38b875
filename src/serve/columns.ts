// The lines of a log as columns of numbers, read off their bytes. Lines are as `JSON.stringify` writes them and nearly
// always alike, so each is read along the shape of those before it; any other goes through `JSON.parse`.

import { endOfNumber, readNumber } from './decimal.ts';

const NEWLINE = 0x0a;
const BRACE = 0x7b;
const QUOTE = 0x22;
const COMMA = 0x2c;
const [NULL, TRUE, FALSE] = ['null', 'true', 'false'].map((word) => Buffer.from(word)) as [Buffer, Buffer, Buffer];
/** What is nested deeper has nothing to do with training. */
const DEEPEST = 4;
/** What is beyond is left out, too. */
const MOST_COLUMNS = 512;

/** A place in a line: what may stand there and the column that its numbers go to. */
interface Shape {
  readonly path: string;
  readonly depth: number;
  /** Absent until a number stood there. */
  column: Float64Array | undefined;
  /** In the order they came in, each as the bytes of `"name":`. */
  readonly keys: { readonly name: string; readonly bytes: Uint8Array; readonly shape: Shape }[];
  readonly items: Shape[];
}

/**
 * Numbers by their place in the line: `reward`, `solved.0`, `hindsight.examples`. A row is a line whose `update` is above
 * that of the row before; what a line does not say is NaN.
 */
export class Columns {
  private readonly root = shapeAt('', 0);
  private readonly shapes: Shape[] = [];
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;
  private capacity = 0;
  /** The update of the last row; 0 before the first. */
  private last = 0;
  rows = 0;
  /** Lines so far, and those that were not to be used. */
  lines = 0;
  damaged = 0;
  /** Counted from 1. */
  firstDamaged: number | undefined;

  /** In the order they came in. */
  get names(): readonly string[] {
    return this.shapes.map(({ path }) => path);
  }

  /** The first `rows` of its numbers count. */
  column(name: string): Float64Array | undefined {
    return this.shapes.find(({ path }) => path === name)?.column;
  }

  /** Bytes that are held. */
  get size(): number {
    return this.shapes.length * this.capacity * Float64Array.BYTES_PER_ELEMENT;
  }

  /** Makes room for `rows`, so that growing copies less. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.capacity = rows;
    for (const shape of this.shapes) {
      const grown = new Float64Array(rows).fill(Number.NaN, shape.column!.length);
      grown.set(shape.column!);
      shape.column = grown;
    }
  }

  /** Adds the lines of `bytes` from `start`; the last of them ends with the newline at `end`. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    for (let at = start; at <= end; ) {
      if (this.rows === this.capacity) this.reserve(Math.max(1024, this.capacity * 2));
      this.at = at;
      const whole = bytes[at] === BRACE && this.object(this.root) && bytes[this.at] === NEWLINE;
      const close = whole ? this.at : bytes.indexOf(NEWLINE, at);
      this.lines++;
      if (!whole) {
        this.wipe();
        this.parse(Buffer.from(bytes.buffer, bytes.byteOffset + at, close - at).toString());
      }
      this.close();
      at = close + 1;
    }
  }

  /** The line is done: a row, or nothing. */
  private close(): void {
    const { update } = this;
    if (update > this.last) {
      this.last = update;
      this.rows++;
      return;
    }
    this.damaged++;
    this.firstDamaged ??= this.lines;
    this.wipe();
  }

  /** What the current line says of `update`. */
  private get update(): number {
    const shape = this.root.keys.find(({ name }) => name === 'update')?.shape;
    return shape?.column?.[this.rows] ?? Number.NaN;
  }

  private wipe(): void {
    for (const { column } of this.shapes) column![this.rows] = Number.NaN;
  }

  private value(shape: Shape): boolean {
    const { bytes } = this;
    switch (bytes[this.at]) {
      case BRACE:
        return this.object(shape);
      case 0x5b:
        return this.array(shape);
      case 0x6e:
        return this.passes(NULL);
      case 0x74:
        return this.passes(TRUE);
      case 0x66:
        return this.passes(FALSE);
      case QUOTE:
        return this.text();
      default: {
        const number = readNumber(bytes, this.at);
        const end = endOfNumber();
        if (end < 0) return false;
        this.at = end;
        this.put(shape, number);
        return true;
      }
    }
  }

  private object(shape: Shape): boolean {
    const { bytes } = this;
    if (shape.depth >= DEEPEST) return false;
    if (bytes[++this.at] === 0x7d) {
      this.at++;
      return true;
    }
    for (let i = 0; ; i++) {
      i = this.key(shape, i);
      if (i < 0 || !this.value(shape.keys[i]!.shape)) return false;
      const after = bytes[this.at++];
      if (after !== COMMA) return after === 0x7d;
    }
  }

  private array(shape: Shape): boolean {
    const { bytes } = this;
    if (shape.depth >= DEEPEST) return false;
    if (bytes[++this.at] === 0x5d) {
      this.at++;
      return true;
    }
    for (let i = 0; ; i++) {
      if (!this.value(itemOf(shape, i))) return false;
      const after = bytes[this.at++];
      if (after !== COMMA) return after === 0x5d;
    }
  }

  /** Passes the key that stands here. @returns its index in `shape`, most likely `guess`; −1 for what is no key. */
  private key(shape: Shape, guess: number): number {
    const { keys } = shape;
    for (let i = guess; i < keys.length; i++) if (this.passes(keys[i]!.bytes)) return i;
    for (let i = 0; i < guess && i < keys.length; i++) if (this.passes(keys[i]!.bytes)) return i;
    const from = this.at;
    if (this.bytes[from] !== QUOTE || !this.text() || this.bytes[this.at] !== 0x3a) return -1;
    const name = Buffer.from(this.bytes.subarray(from + 1, this.at - 1)).toString();
    this.at++;
    return addKey(shape, name);
  }

  private passes(expected: Uint8Array): boolean {
    const { at, bytes } = this;
    const { length } = expected;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.at = at + length;
    return true;
  }

  /** Passes a text; one with escapes is left to `JSON.parse`. */
  private text(): boolean {
    for (let at = this.at + 1; ; at++) {
      const byte = this.bytes[at]!;
      if (byte === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (byte === 0x5c || byte < 0x20) return false;
    }
  }

  private put(shape: Shape, number: number): void {
    if (shape.column === undefined) {
      if (this.shapes.length >= MOST_COLUMNS || shape.depth === 0) return;
      shape.column = new Float64Array(this.capacity).fill(Number.NaN);
      this.shapes.push(shape);
    }
    shape.column[this.rows] = number;
  }

  private parse(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    if (!Array.isArray(value)) this.spread(value, this.root);
  }

  private spread(value: unknown, shape: Shape): void {
    if (typeof value === 'number') this.put(shape, value);
    else if (shape.depth >= DEEPEST || typeof value !== 'object' || value === null) return;
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) this.spread(item, itemOf(shape, i));
    else {
      for (const [name, item] of Object.entries(value)) {
        const index = shape.keys.findIndex((key) => key.name === name);
        this.spread(item, shape.keys[index < 0 ? addKey(shape, name) : index]!.shape);
      }
    }
  }
}

const shapeAt = (path: string, depth: number): Shape => ({ path, depth, column: undefined, keys: [], items: [] });

const below = (shape: Shape, name: string | number): Shape =>
  shapeAt(shape.path === '' ? String(name) : `${shape.path}.${name}`, shape.depth + 1);

function itemOf(shape: Shape, index: number): Shape {
  // Beyond the most columns that there can be, all share one place, which none will read.
  const i = Math.min(index, MOST_COLUMNS);
  shape.items[i] ??= below(shape, i);
  return shape.items[i];
}

function addKey(shape: Shape, name: string): number {
  const i = Math.min(shape.keys.length, MOST_COLUMNS);
  shape.keys[i] = { name, bytes: Buffer.from(`${JSON.stringify(name)}:`), shape: below(shape, name) };
  return i;
}
