import { expect, test } from 'vitest';
import { logarithm, Random, threefry } from './random.ts';

test('threefry agrees with the known answers of Random123', () => {
  const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0'));
  expect(hex(threefry([0, 0], [0, 0]))).toEqual(['6b200159', '99ba4efe']);
  expect(hex(threefry([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff]))).toEqual(['1cb996fc', 'bb002be7']);
  expect(hex(threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3]))).toEqual(['c4923a9c', '483df7a0']);
});

test('a stream goes on from its state with the same numbers, at odd and even places', () => {
  const whole = Random.stream(7, 'task');
  const numbers = Array.from({ length: 9 }, () => whole.bits());
  for (let cut = 0; cut < 9; cut++) {
    const head = Random.stream(7, 'task');
    for (let i = 0; i < cut; i++) head.bits();
    const tail = new Random(structuredClone(head.state));
    expect(Array.from({ length: 9 - cut }, () => tail.bits())).toEqual(numbers.slice(cut));
  }
});

test('streams and folds of one seed differ', () => {
  const first = (random: Random) => random.bits();
  const seen = new Set([
    first(Random.stream(0, 'task')),
    first(Random.stream(0, 'policy')),
    first(Random.stream(1, 'task')),
    first(Random.stream(2 ** 32, 'task')),
    first(Random.stream(0, 'task').fold(0)),
    first(Random.stream(0, 'task').fold(1)),
  ]);
  expect(seen.size).toBe(6);
});

test('below is uniform and normal has mean 0 and variance 1', () => {
  const random = Random.stream(3, 'task');
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquared).toBeLessThan(27.9); // 99.9 % point of χ² with 9 degrees of freedom
  const draws = Array.from({ length: 50_000 }, () => random.normal());
  const mean = draws.reduce((a, b) => a + b) / draws.length;
  const variance = draws.reduce((a, b) => a + b * b, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(0.015);
  expect(Math.abs(variance - 1)).toBeLessThan(0.025);
});

test('the logarithm is right to 1e-14', () => {
  for (const x of [1e-300, 1e-7, 0.3, 0.7, 1, 1.5, 2, 10, 12345.678, 1e300]) {
    expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(Math.log(x))));
  }
});

test('a shuffle has every order equally often, and leaves what it was given', () => {
  const random = Random.stream(1, 'task');
  const items = ['a', 'b', 'c'];
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.shuffled(items).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  expect(items).toEqual(['a', 'b', 'c']);
});
