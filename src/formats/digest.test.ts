import { expect, test } from 'vitest';
import { checkDigest, withDigest } from './digest.ts';
import { readSafetensors, type Tensor, writeSafetensors } from './safetensors.ts';

const TENSORS: ReadonlyMap<string, Tensor> = new Map<string, Tensor>([
  ['b', { dtype: 'I32', shape: [2], data: Int32Array.of(1, 2) }],
  ['a', { dtype: 'F32', shape: [1, 2], data: Float32Array.of(0.5, -0.25) }],
]);
const TEXTS = { format: 'x', about: 'y' };
const file = () => writeSafetensors(TENSORS, withDigest(TEXTS, TENSORS));
const check = (bytes: Uint8Array) => checkDigest(readSafetensors(bytes, 'it'), 'it');

test('what was written passes, and what has no digest, as earlier versions wrote it', () => {
  expect(() => check(file())).not.toThrow();
  expect(() => check(writeSafetensors(TENSORS, TEXTS))).not.toThrow();
});

test('written again it is the same: a digest covers everything but itself', () => {
  const { metadata, tensors } = readSafetensors(file());
  expect(withDigest(metadata, tensors)).toEqual(metadata);
});

test('any bit of the data, a text, a name or a shape that changes is noticed', () => {
  const whole = file();
  const data = whole.length - 16;
  for (let bit = 0; bit < 16 * 8; bit++) {
    const bytes = whole.slice();
    bytes[data + (bit >> 3)]! ^= 1 << (bit & 7);
    expect(() => check(bytes)).toThrow(
      'it: it is damaged: its contents have changed since they were written (their digest is another); use an intact copy',
    );
  }
  const { metadata, tensors } = readSafetensors(whole);
  const others: readonly (readonly [typeof metadata, typeof tensors])[] = [
    [{ ...metadata, about: 'z' }, tensors],
    [{ ...metadata, more: '' }, tensors],
    [metadata, new Map([...tensors].map(([name, tensor]) => [name === 'a' ? 'c' : name, tensor]))],
    [metadata, new Map([...tensors].map(([name, tensor]) => [name, { ...tensor, shape: [1, ...tensor.shape] }]))],
  ];
  for (const [texts, with_] of others) {
    expect(() => check(writeSafetensors(with_, texts))).toThrow('their digest is another');
  }
});
