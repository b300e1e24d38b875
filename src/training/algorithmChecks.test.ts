import { expect, test } from 'vitest';
import { configure, type TrainInput } from './config.ts';

const message = (input: TrainInput): string => {
  try {
    configure(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

test.each(['ppo', 'grpo', 'rloo', 'reinforce'] as const)('%s needs no setting but its name', (name) => {
  expect(configure({ task: 'calculator', algorithm: { name } }).config.algorithm).toMatchObject({ name });
});

test.each<[TrainInput, string]>([
  [
    { task: 'calculator', batch: 100, algorithm: { name: 'grpo' } },
    'batch: expected a multiple of algorithm.group, 8, received 100',
  ],
  [
    { task: 'calculator', batch: 32, algorithm: { name: 'ppo', minibatches: 33 } },
    'algorithm.minibatches: expected at most the batch, 32, received 33',
  ],
  [
    { task: 'calculator', agent: { context: 'batch' }, algorithm: { name: 'ppo', minibatches: 2 } },
    "algorithm.minibatches: expected 1 with agent.context 'batch'",
  ],
  [
    { task: 'expressions', algorithm: { name: 'rloo' } },
    'hindsight.byAdvantage: expected false for rloo without a critic, received true',
  ],
  [{ task: 'calculator', algorithm: { name: 'rloo', group: 1 } }, 'algorithm.group: expected at least 2, received 1'],
  [{ task: 'calculator', algorithm: { name: 'ppo', epochs: 0 } }, 'algorithm.epochs: expected at least 1'],
])('%j is refused in one sentence', (input, expected) => {
  expect(message(input)).toContain(expected);
  expect(message(input)).not.toContain('\n');
});

test('a critic for hindsight makes it possible', () => {
  expect(message({ task: 'expressions', algorithm: { name: 'rloo', valueWeight: 0.5 } })).toBe('no error');
});
