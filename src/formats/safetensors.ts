// Tensors in a file: https://github.com/huggingface/safetensors#format. Eight bytes of header length, a JSON header, raw
// little-endian rows. The writer lays a file out as the official one does; the reader trusts nothing that it reads.

import { InnerloopError } from '../core/errors.ts';

/** In increasing alignment, the order of the official writer. */
const ARRAYS = { U8: Uint8Array, I32: Int32Array, F32: Float32Array, F64: Float64Array, I64: BigInt64Array } as const;

/** The element types that are read and written. */
export type Dtype = keyof typeof ARRAYS;

/** A dense row-major tensor; `data` has as many elements as the product of `shape` (one for a scalar, `[]`). */
export type Tensor = {
  [D in Dtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: InstanceType<(typeof ARRAYS)[D]>;
  };
}[Dtype];

/** What a file holds: its tensors, in the order of their data, and its free texts. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
/** The official reader's own bound. */
const HEADER_LIMIT = 100_000_000;
const METADATA = '__metadata__';
const DTYPES = Object.keys(ARRAYS) as Dtype[];

interface Entry {
  readonly key: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a whole file. Data is copied, so that it is aligned and outlives `bytes`.
 *
 * @param name what errors call the file: its path, usually.
 * @throws InnerloopError `file` when anything but a complete, canonical file is found: truncated or trailing bytes,
 *   duplicate keys, gaps or overlaps between tensors, a shape that does not fit its bytes. Values are not looked at:
 *   see `assertFinite`.
 */
export function readSafetensors(bytes: Uint8Array, name = 'safetensors'): Safetensors {
  const { header, dataStart } = parseHeader(bytes, name);
  const metadata = checkMetadata(header[METADATA], name);
  const entries = Object.keys(header)
    .filter((key) => key !== METADATA)
    .map((key) => checkEntry(key, header[key], name))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let position = 0;
  for (const { key, begin, end } of entries) {
    if (begin !== position) {
      const fault = begin < position ? 'overlaps the one before it' : 'leaves a gap before it';
      throw damaged(name, `tensor ${show(key)} ${fault} (starts at byte ${begin} of the data, expected ${position})`);
    }
    position = end;
  }
  const available = bytes.length - dataStart;
  if (position > available) {
    throw damaged(name, `the file is truncated: its tensors need ${position} bytes of data, ${available} are there`);
  }
  if (position < available) throw damaged(name, `${available - position} bytes follow the last tensor`);

  const tensors = new Map<string, Tensor>();
  for (const { key, dtype, shape, begin, end } of entries) {
    // Not `bytes.slice`: on Node's Buffer that is no copy.
    const { buffer } = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(key, { dtype, shape, data: new ARRAYS[dtype](buffer) } as Tensor);
  }
  return { tensors, metadata };
}

/**
 * Writes a file, byte for byte the same whatever the order of `tensors` and `metadata`: wider types first, then by name,
 * so that all data is aligned without gaps.
 *
 * @param metadata free texts; keys are sorted.
 * @throws InnerloopError `invalid` when a shape does not fit its data, or a tensor is called `__metadata__`.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) => DTYPES.indexOf(b.dtype) - DTYPES.indexOf(a.dtype) || compare(nameA, nameB),
  );
  // Written member by member: an object would move keys that look like integers to the front.
  const members: string[] = [];
  const keys = Object.keys(metadata).sort(compare);
  if (keys.length > 0) {
    members.push(`"${METADATA}":{${keys.map((key) => `${quote(key)}:${quote(metadata[key])}`).join(',')}}`);
  }
  let position = 0;
  for (const [key, { dtype, shape, data }] of sorted) {
    checkWritable(key, shape, data.length);
    const offsets = [position, position + data.byteLength];
    members.push(`${quote(key)}:${JSON.stringify({ dtype, shape, data_offsets: offsets })}`);
    position = offsets[1]!;
  }
  const header = new TextEncoder().encode(`{${members.join(',')}}`);
  const padded = Math.ceil(header.length / 8) * 8;

  const bytes = new Uint8Array(LENGTH_BYTES + padded + position);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded).set(header, LENGTH_BYTES);
  position = LENGTH_BYTES + padded;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * @param name what errors call the file.
 * @throws InnerloopError `file` naming the first element that is NaN or infinite.
 */
export function assertFinite(tensors: ReadonlyMap<string, Tensor>, name = 'safetensors'): void {
  for (const [key, { dtype, data }] of tensors) {
    if (dtype !== 'F32' && dtype !== 'F64') continue;
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) throw damaged(name, `element ${index} of tensor ${show(key)} is ${data[index]}`);
  }
}

function parseHeader(bytes: Uint8Array, name: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw damaged(name, `the file is truncated: ${bytes.length} bytes, fewer than the 8 of the header length`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(HEADER_LIMIT)) {
    throw damaged(name, `its header claims ${length} bytes, more than the ${HEADER_LIMIT} allowed`);
  }
  const dataStart = LENGTH_BYTES + Number(length);
  if (dataStart > bytes.length) {
    throw damaged(name, `its header claims ${length} bytes, but only ${bytes.length - LENGTH_BYTES} follow`);
  }
  if (bytes[LENGTH_BYTES] !== 0x7b) throw damaged(name, 'its header does not begin with {');
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart));
    header = JSON.parse(text);
  } catch {
    throw damaged(name, 'its header is not JSON in UTF-8');
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw damaged(name, `its header has the key ${show(twice)} twice`);
  return { header: header as Record<string, unknown>, dataStart };
}

/**
 * The first key that stands twice in one object of the valid JSON `text`. `JSON.parse` keeps the last of the two and
 * other readers the first, so such a file would mean different things to them.
 */
function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = []; // the keys seen of each open object; an array has none
  let afterColon = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : undefined);
    else if (character === '}' || character === ']') open.pop();
    if (character === ':') afterColon = true;
    else if (character === '{' || character === ',') afterColon = false;
    if (character !== '"') continue;
    // By hand: a regular expression would overflow its stack on long texts.
    const start = at++;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    const seen = open.at(-1);
    if (seen === undefined || afterColon) continue;
    const key = JSON.parse(text.slice(start, at + 1)) as string;
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function checkMetadata(value: unknown, name: string): Record<string, string> {
  if (value === undefined) return {};
  if (!isObject(value)) throw damaged(name, `${METADATA} is ${show(value)}, not an object of texts`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw damaged(name, `${METADATA} has ${show(text)} under ${show(key)}, not a text`);
  }
  return value as Record<string, string>;
}

function checkEntry(key: string, value: unknown, name: string): Entry {
  const fail = (reason: string) => damaged(name, `tensor ${show(key)}: ${reason}`);
  if (!isObject(value)) throw fail(`expected an object, found ${show(value)}`);
  const { dtype, shape, data_offsets: offsets, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) throw fail(`unknown key ${show(other)}`);
  if (typeof dtype !== 'string' || !Object.hasOwn(ARRAYS, dtype)) {
    throw fail(`dtype is ${show(dtype)}, expected one of ${DTYPES.join(', ')}`);
  }
  if (!isCounts(shape)) throw fail(`shape is ${show(shape)}, expected integers from 0 to 2^53 − 1`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw fail(`data_offsets is ${show(offsets)}, expected [begin, end] in bytes`);
  }
  const width = ARRAYS[dtype as Dtype].BYTES_PER_ELEMENT;
  const elements = product(shape);
  const [begin, end] = offsets as [number, number];
  if (elements === undefined || elements * width !== end - begin) {
    throw fail(`shape [${shape.join(', ')}] of ${dtype} does not fit its ${end - begin} bytes`);
  }
  return { key, dtype: dtype as Dtype, shape, begin, end };
}

function checkWritable(key: string, shape: readonly number[], elements: number): void {
  if (key === METADATA) {
    throw new InnerloopError({ kind: 'invalid', what: 'tensor name', expected: 'any other', received: METADATA });
  }
  if (isCounts(shape) && product(shape) === elements) return;
  const received = `${elements} elements in shape [${shape.join(', ')}]`;
  throw new InnerloopError({ kind: 'invalid', what: `tensor ${show(key)}`, expected: 'a shape of its size', received });
}

/** The number of elements, or `undefined` beyond 2^53 − 1. */
function product(shape: readonly number[]): number | undefined {
  let elements = 1;
  for (const size of shape) {
    elements *= size;
    if (!Number.isSafeInteger(elements)) return undefined;
  }
  return elements;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0 && !Object.is(n, -0));
}

/** By code units: unlike `localeCompare`, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function quote(value: string | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value);
  throw new InnerloopError({ kind: 'invalid', what: METADATA, expected: 'texts', received: show(value) });
}

/** A value of a header for a message: hostile files have long ones, and some nested beyond the stack. */
function show(value: unknown): string {
  try {
    const text = JSON.stringify(value) ?? 'missing';
    return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
  } catch {
    return 'something deeply nested';
  }
}

function damaged(path: string, reason: string): InnerloopError {
  return new InnerloopError({ kind: 'file', path, reason, hint: 'use an intact copy of the file' });
}
