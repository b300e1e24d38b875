import { expect, test } from 'vitest';
import type { Episode, EpisodeStep } from '../insight/episode.ts';
import { describeEpisode, outlineEpisode, outlineLegend } from './episodes.ts';
import { width } from './format.ts';

const plain = (_style: string, text: string) => text;
const state = (accumulator: string, memory: string) => [
  ['accumulator', accumulator] as const,
  ['memory', memory] as const,
];

function step(token: string, before: EpisodeStep['before'], after: EpisodeStep['after'], reward = 0): EpisodeStep {
  const top = [
    { token, probability: 0.9 },
    { token: '[EOS]', probability: 0.05 },
    { token: '7', probability: 0.0001 },
  ];
  return { token, probability: 0.9, top, value: 1.5, entropy: 0.25, reward, before, after };
}

const episode: Episode = {
  level: 0,
  name: 'add',
  problem: '3·4 + 5 = 17',
  context: ['3', '4', '5', '[CTX]'],
  program: ['[MUL]', '[STO]', '0', '[ANS]'],
  solved: false,
  reward: 0.5,
  steps: [
    step('[MUL]', state('–', '–'), state('12', '–')),
    step('[STO]', state('12', '–'), state('–', '12')),
    step('0', state('–', '12'), state('–', '12')),
    step('[ANS]', state('–', '12'), state('–', '12'), 0.5),
  ],
};

test('in full, a token a line', () => {
  expect(describeEpisode(episode, plain)).toBe(
    [
      '3·4 + 5 = 17  not solved  level add',
      '  sees 3 4 5 [CTX]',
      '     token  probability  value  entropy  reward  accumulator  memory  also likely',
      '                                                 –            –',
      '  1  [MUL]       90.0 %   1.50     0.25          12           –       [EOS] 5.0 %',
      '  2  [STO]       90.0 %   1.50     0.25          –            12      [EOS] 5.0 %',
      '  3  0           90.0 %   1.50     0.25          –            12      [EOS] 5.0 %',
      '  4  [ANS]       90.0 %   1.50     0.25    0.50  –            12      [EOS] 5.0 %',
      '  reward 0.50 after 4 tokens',
    ].join('\n'),
  );
});

test('in a narrow terminal, a token a column', () => {
  const lines = describeEpisode(episode, plain, 60).split('\n');
  expect(lines[2]).toBe('               [MUL]   [STO]   0       [ANS]');
  expect(lines[7]).toBe('  accumulator  12      –       –       –');
  expect(lines.every((line) => width(line) <= 60)).toBe(true);
});

test('where neither fits, a token a line with its probability and the state', () => {
  const lines = describeEpisode(episode, plain, 40).split('\n');
  expect(lines[2]).toBe('  token       p  accumulator  memory');
  expect(lines[4]).toBe('  [STO]  90.0 %  –            12');
});

test('an outline that is too long is the program alone', () => {
  expect(outlineEpisode(episode, plain, 30).split('\n')[1]).toBe('    → [MUL] [STO] 0 [ANS]');
});

test('in outline, with the state where a token changes it', () => {
  expect(outlineEpisode(episode, plain)).toBe(
    '  3·4 + 5 = 17  not solved  reward 0.50\n    → [MUL] {12}  [STO] {– | 12}  0  [ANS]',
  );
  expect(outlineLegend(episode)).toBe('after a token that changes it: {accumulator | memory}');
});
