import { expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import { calculatorTask } from '../tasks/calculator/task.ts';
import { configure, reconfigure, storedTaskName, type TrainInput } from './config.ts';
import { presetsOf } from './presets/table.ts';

const message = (input: unknown): string => {
  try {
    configure(input as TrainInput);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

test('every preset of every task parses, and survives being written down', () => {
  for (const task of ['calculator', 'tutorial']) {
    for (const preset of Object.keys(presetsOf(task))) {
      const { config } = configure({ task, preset });
      expect(reconfigure(JSON.parse(JSON.stringify(config))).config).toEqual(config);
    }
  }
});

test('settings are laid over the preset, branch by branch', () => {
  const { config } = configure({
    task: { name: 'calculator', options: { memory: false } },
    seed: 7,
    algorithm: { entropy: { from: 0.1 } },
    curriculum: { name: 'uniform' },
  });
  expect(config.seed).toBe(7);
  expect(config.task.options).toEqual({ memory: false });
  expect(config.algorithm).toMatchObject({ entropy: { from: 0.1, to: 0, over: 0 }, uniform: { from: 0.3 } });
  expect(config.curriculum).toEqual({ name: 'uniform' });
});

test.each([
  [
    { task: 'calculater' },
    "unknown task 'calculater' (did you mean 'calculator'?); known: tutorial, calculator, expressions, countdown, recall, routes",
  ],
  [{ task: 'calculator', preset: 'no-memry' }, "did you mean 'no-memory'?"],
  [{ task: 'calculator', batchsize: 3 }, "unknown setting 'batchsize' (did you mean 'batch'?)"],
  [{ task: 'calculator', optimiser: { rat: 1 } }, "unknown setting of optimiser 'rat' (did you mean 'rate'?)"],
  [{ task: 'calculator', curriculum: { name: 'mastery', treshold: 1 } }, "(did you mean 'threshold'?)"],
  [{ task: { name: 'calculator', options: { memmory: true } } }, "(did you mean 'memory'?)"],
  [{ task: 'calculator', batch: '192' }, 'batch: expected a number, received "192"'],
  [{ task: 'calculator', batch: 1.5 }, 'batch: expected an integer, received 1.5'],
  [{ task: 'calculator', updates: 0 }, 'updates: expected at least 1, received 0'],
  [{ task: 'calculator', seed: -1 }, 'seed: expected at least 0, received -1'],
  [{ task: 'calculator', agent: { context: 'rows' } }, "agent.context: expected 'row' or 'padded' or 'batch'"],
  [{ task: 'expressions', agent: { embedding: 20 } }, 'agent.embedding: expected a multiple of 8, received 20'],
  [{ task: 'calculator', optimiser: { beta1: 1 } }, 'optimiser.beta1: expected less than 1, received 1'],
  [
    { task: 'calculator', agent: { name: 'transformer', hidden: 40, layers: 1, heads: 4, inner: 40 } },
    'agent.hidden: expected a multiple of 32, 8 for each of agent.heads, received 40',
  ],
  [
    { task: 'tutorial', curriculum: { schedule: [0, 3] } },
    'curriculum.schedule: expected levels from 0 to 2, received 3',
  ],
  [
    { task: 'expressions', preset: 'supervised', curriculum: { name: 'learnability' } },
    "curriculum.name: expected 'fixed', 'mastery' or 'uniform' for imitation",
  ],
  [
    { task: 'calculator', algorithm: { name: 'rloo' }, curriculum: { name: 'replay', score: 'surprise' } },
    "curriculum.score: expected 'learnability' for rloo without a critic",
  ],
])('%o is refused in one sentence', (input, expected) => {
  expect(message(input)).toContain(expected);
  expect(message(input)).not.toContain('\n');
});

test('a configuration of one’s own task is read back with that task, and no other', () => {
  const { config, ownTask, task } = configure({ task: bisection, updates: 7 });
  expect([ownTask, task]).toEqual([true, bisection]);
  const stored: unknown = JSON.parse(JSON.stringify(config));
  expect(storedTaskName(stored)).toBe('bisection');
  expect(reconfigure(stored, bisection)).toEqual({ config, task: bisection, ownTask: true });
  // As the command line trains: the whole configuration, with the task in the place of its name.
  expect(configure({ ...config, task: bisection }).config).toEqual(config);
  const sentence = "task: expected 'bisection', of which the run or checkpoint is, received 'calculator'";
  expect(() => reconfigure(stored, calculatorTask())).toThrow(sentence);
  expect(() => reconfigure(stored)).toThrow("unknown task 'bisection'");
  expect([undefined, null, 'x', { task: 'x' }, { task: { name: 7 } }].map(storedTaskName)).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});
