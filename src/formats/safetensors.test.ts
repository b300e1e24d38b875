import { expect, test } from 'vitest';
import { InnerloopError } from '../core/errors.ts';
import { assertFinite, readSafetensors, type Tensor, writeSafetensors } from './safetensors.ts';

const float = (shape: number[], ...data: number[]): Tensor => ({ dtype: 'F32', shape, data: Float32Array.from(data) });

/** A file with this header text and `size` bytes of data. */
function file(header: string | object, size = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const f32 = (shape: unknown, data_offsets: unknown, dtype: unknown = 'F32') => ({ dtype, shape, data_offsets });

test('writes the bytes of the official layout', () => {
  const bytes = writeSafetensors(new Map([['a', float([2], 1, -2)]]), { by: 'us' });
  const header = '{"__metadata__":{"by":"us"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, ' ');
  expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
  expect([...bytes.subarray(0, 8)]).toEqual([padded.length, 0, 0, 0, 0, 0, 0, 0]);
  expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

test('every type, a scalar, an empty tensor and odd names come back, wider types first', () => {
  const tensors = new Map<string, Tensor>([
    ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) }],
    ['scalar', float([], 0.5)],
    ['empty', float([0, 4])],
    ['10', { dtype: 'I32', shape: [1, 2], data: Int32Array.of(-1, 2 ** 31 - 1) }],
    ['2', { dtype: 'I64', shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) }],
    ['__proto__', { dtype: 'F64', shape: [1], data: Float64Array.of(Math.PI) }],
    ['a "ü" \\', float([1], 3)],
  ]);
  const metadata = Object.fromEntries([
    ['z', 'é\n"'],
    ['__proto__', 'p'],
    ['1', '{'],
  ]);
  const bytes = writeSafetensors(tensors, metadata);
  const read = readSafetensors(bytes);
  expect([...read.tensors.keys()]).toEqual(['2', '__proto__', 'a "ü" \\', 'empty', 'scalar', '10', 'bytes']);
  for (const [name, tensor] of tensors) expect(read.tensors.get(name)).toEqual(tensor);
  expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
  const shuffled = new Map([...tensors].reverse());
  expect(writeSafetensors(shuffled, Object.fromEntries(Object.entries(metadata).reverse()))).toEqual(bytes);
});

test('reads from the middle of a buffer, at any alignment, and owns what it read', () => {
  const bytes = writeSafetensors(new Map([['a', float([2], 1, 2)]]));
  for (const shifted of [new Uint8Array(bytes.length + 3), Buffer.alloc(bytes.length + 3)]) {
    shifted.set(bytes, 3);
    const { tensors } = readSafetensors(shifted.subarray(3));
    shifted.fill(0);
    expect(tensors.get('a')).toEqual(float([2], 1, 2));
  }
});

test('writes only the part of a buffer that a view shows', () => {
  const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  const { tensors } = readSafetensors(
    writeSafetensors(new Map<string, Tensor>([['a', { dtype: 'F32', shape: [2], data }]])),
  );
  expect([...tensors.get('a')!.data]).toEqual([1, 2]);
});

test('an empty file of no tensors is a file', () => {
  expect(readSafetensors(writeSafetensors(new Map())).tensors.size).toBe(0);
  expect(readSafetensors(file('{}')).metadata).toEqual({});
});

test.each<[string, Uint8Array, string]>([
  ['nothing at all', new Uint8Array(0), 'the file is truncated: 0 bytes, fewer than the 8 of the header length'],
  ['a huge header', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255), 'more than the 100000000 allowed'],
  ['a header beyond the file', Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0x7b), 'claims 9 bytes, but only 1 follow'],
  ['no header', new Uint8Array(8), 'does not begin with {'],
  ['leading space', file(' {}'), 'does not begin with {'],
  ['not JSON', file('{"a":}'), 'not JSON'],
  ['NUL padding', file('{}\0\0'), 'not JSON'],
  ['not UTF-8', (() => file('{"aa":1}').map((byte) => (byte === 0x61 ? 0xff : byte)))(), 'not JSON in UTF-8'],
  ['a key twice', file('{"a":{}, "\\u0061" :{}}'), 'the key "a" twice'],
  ['an inner key twice', file('{"__metadata__":{"k":"{","k":"}"}}'), 'the key "k" twice'],
  ['a key twice, far apart', file(`{"a":["x",{"x":"x"},"x"],"b":"a","a"${' '.repeat(500)}:1}`), 'the key "a" twice'],
  ['metadata not an object', file({ __metadata__: ['a'] }), '__metadata__ is ["a"], not an object of texts'],
  ['metadata of numbers', file({ __metadata__: { a: 1 } }), '__metadata__ has 1 under "a", not a text'],
  ['a tensor not an object', file({ a: 3 }), 'tensor "a": expected an object, found 3'],
  ['a missing dtype', file({ a: { shape: [], data_offsets: [0, 4] } }, 4), 'dtype is missing'],
  ['an unknown dtype', file({ a: f32([2], [0, 4], 'F16') }, 4), 'dtype is "F16", expected one of U8, I32'],
  ['an inherited dtype', file({ a: f32([1], [0, 4], 'toString') }, 4), 'dtype is "toString"'],
  ['an unknown key', file({ a: { ...f32([1], [0, 4]), extra: 1 } }, 4), 'unknown key "extra"'],
  ['a negative shape', file({ a: f32([-1], [0, 4]) }, 4), 'shape is [-1], expected integers from 0'],
  ['a minus zero', file('{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'), 'shape is [0], expected integers'],
  ['a fractional shape', file({ a: f32([0.5], [0, 4]) }, 4), 'shape is [0.5]'],
  ['an unsafe shape', file({ a: f32([2 ** 53], [0, 4]) }, 4), 'shape is [9007199254740992]'],
  ['an overflowing shape', file({ a: f32([2 ** 40, 2 ** 40, 0], [0, 0]) }), 'does not fit its 0 bytes'],
  ['a shape of text', file({ a: f32('2', [0, 4]) }, 4), 'shape is "2"'],
  ['offsets backwards', file({ a: f32([1], [4, 0]) }, 4), 'data_offsets is [4,0], expected [begin, end]'],
  ['three offsets', file({ a: f32([1], [0, 4, 4]) }, 4), 'data_offsets is [0,4,4]'],
  ['a wrong size', file({ a: f32([2], [0, 4]) }, 4), 'shape [2] of F32 does not fit its 4 bytes'],
  ['a gap', file({ a: f32([1], [0, 4]), b: f32([1], [8, 12]) }, 12), 'tensor "b" leaves a gap before it'],
  ['an overlap', file({ a: f32([2], [0, 8]), b: f32([1], [4, 8]) }, 8), 'tensor "b" overlaps the one before it'],
  ['the same bytes twice', file({ a: f32([1], [0, 4]), b: f32([1], [0, 4]) }, 4), 'overlaps'],
  ['too little data', file({ a: f32([2], [0, 8]) }, 5), 'truncated: its tensors need 8 bytes of data, 5 are there'],
  ['trailing bytes', file({ a: f32([1], [0, 4]) }, 5), '1 bytes follow the last tensor'],
])('%s is refused in one sentence', (_, bytes, sentence) => {
  let caught: unknown;
  try {
    readSafetensors(bytes, 'it.safetensors');
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(InnerloopError);
  const { message, problem } = caught as InnerloopError;
  expect(problem.kind).toBe('file');
  expect(message).toContain(sentence);
  expect(message).toMatch(/^it\.safetensors: .*; use an intact copy of the file$/s);
});

test('texts of megabytes and headers nested without end are no trouble', () => {
  const long = 'x\\"\n'.repeat(5e5);
  expect(readSafetensors(writeSafetensors(new Map(), { long })).metadata.long === long).toBe(true);
  expect(() => readSafetensors(file(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`))).toThrow('something deeply nested');
});

test('a long hostile key is cut short in the message', () => {
  expect(() => readSafetensors(file({ ['x'.repeat(10_000)]: 1 }))).toThrow(/^.{0,200}$/);
});

test('no damage to a small file makes any other error, or a silent half-read', () => {
  const bytes = writeSafetensors(
    new Map<string, Tensor>([
      ['a', float([2], 1, 2)],
      ['b', { dtype: 'I64', shape: [1], data: BigInt64Array.of(7n) }],
    ]),
    { k: 'v' },
  );
  const attempt = (damaged: Uint8Array) => {
    try {
      return readSafetensors(damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(InnerloopError);
      return undefined;
    }
  };
  for (let length = 0; length < bytes.length; length++) expect(attempt(bytes.subarray(0, length))).toBeUndefined();
  const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  for (let at = 0; at < headerEnd; at++) {
    for (const flip of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
      const damaged = bytes.slice();
      damaged[at]! ^= flip;
      const read = attempt(damaged);
      // What still reads (a letter of a name, say) accounts for every byte of data.
      if (read) expect([...read.tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0)).toBe(16);
    }
  }
});

test('the writer refuses what the reader would', () => {
  const write = (name: string, tensor: Tensor) => () => writeSafetensors(new Map([[name, tensor]]));
  expect(write('a', float([3], 1, 2))).toThrow(
    'tensor "a": expected a shape of its size, received 2 elements in shape [3]',
  );
  expect(write('__metadata__', float([1], 1))).toThrow('tensor name: expected any other, received __metadata__');
  expect(() => writeSafetensors(new Map(), { a: 1 as unknown as string })).toThrow('expected texts, received 1');
});

test('assertFinite names the first element that is not', () => {
  const tensors = new Map<string, Tensor>([
    ['whole', { dtype: 'I64', shape: [1], data: BigInt64Array.of(1n) }],
    ['fine', float([2], 0, -3.4e38)],
    ['bad', float([3], 0, Number.NEGATIVE_INFINITY, Number.NaN)],
  ]);
  expect(() => assertFinite(tensors, 'c.safetensors')).toThrow(
    'c.safetensors: element 1 of tensor "bad" is -Infinity; ',
  );
  tensors.delete('bad');
  assertFinite(tensors);
});
