import { expect, test } from 'vitest';
import { type AblationRun, median, parseLog, runTable, summaryTable } from './ablationTable.ts';

const run = (preset: string, seed: number, top: number): AblationRun => ({
  ...{ task: 'expressions', preset, seed, config: 'c', updates: 100, seconds: 10 + seed, hash: 'abcdef0123456789' },
  levels: ['n=1', 'n=2'],
  solved: [1, top],
  needsMemory: [null, top / 2],
  length: [1, seed === 0 ? null : 1.05],
  ceiling: [1, 0.94],
});

const RUNS = [run('default', 1, 0.9), run('no-memory', 0, 0.5), run('default', 0, 0.8)];

test('a log is read back, a torn line aside', () => {
  const text = `${RUNS.map((one) => JSON.stringify(one)).join('\n')}\n{"task":"expr`;
  expect(parseLog(text)).toEqual(RUNS);
  expect(parseLog('')).toEqual([]);
});

test('medians over the seeds, in the order asked for', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1])).toBe(2.5);
  expect(summaryTable(RUNS, ['no-memory', 'default', 'absent']).split('\n')).toEqual([
    '| preset | n=1 | n=2 | needs memory | tokens ÷ shortest | seconds | seeds |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| `no-memory` | 1.000 | 0.500 | 0.250 | – | 10 | 1 |',
    '| `default` | 1.000 | 0.850 | 0.425 | 1.050 | 11 | 2 |',
    '| *possible without memory* | 1.000 | 0.940 | 0 |  |  |  |',
  ]);
});

test('every run has a line', () => {
  const lines = runTable(RUNS, ['default', 'no-memory']).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe('| `default` | 0 | 1.000 | 0.800 | 0.400 | – | 100 | 10 | `abcdef012345` |');
});
