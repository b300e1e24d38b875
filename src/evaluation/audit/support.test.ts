import { expect, test } from 'vitest';
import { bisection } from '../../../examples/bisection.ts';
import { Random } from '../../core/random.ts';
import { calculatorTask, splitOf } from '../../tasks/calculator/task.ts';
import { everyDigitProblem } from '../../tasks/digitProblem.ts';
import { expressionsTask } from '../../tasks/expressions/task.ts';
import { type Problem, SPLITS, type Task } from '../../tasks/task.ts';
import { tutorialTask } from '../../tasks/tutorial/task.ts';
import { everyProblem, sampled } from './support.ts';

/** A task that is nothing but its sampler. */
const drawing = (sample: (random: Random) => Problem): Task =>
  ({ ...bisection, sample: (_level, _split, random) => sample(random) }) as Task;

test('all problems of a split are listed, though the sampler rejects those of the others', () => {
  const task = calculatorTask();
  for (const split of SPLITS) {
    const expected = everyDigitProblem(1).filter((problem) => splitOf(problem) === split);
    expect(everyProblem(task, 1, split)).toEqual(expected);
  }
});

test('what a level shares among splits is listed for each', () => {
  expect(everyProblem(bisection as Task, 2, 'test')).toHaveLength(15);
  expect(everyProblem(tutorialTask(), 0, 'train')).toHaveLength(100_000);
});

test('what cannot be listed is not: raw bits, too many, problems of unequal odds, a rejection that does not start over', () => {
  expect(everyProblem(expressionsTask(), 0, 'train')).toBeUndefined();
  const tries: readonly ((random: Random) => Problem)[] = [
    (random) => ({ level: random.below(1_000_000) }),
    (random) => ({ level: random.below(2) === 0 ? 0 : random.below(5) }),
    (random) => (random.uniform() < 0.5 ? { level: 0 } : { level: 1 }),
    (random) => {
      const first = random.below(4);
      return { level: first > 0 ? first : random.below(2) };
    },
  ];
  for (const sample of tries) expect(everyProblem(drawing(sample), 0, 'train'), String(sample)).toBeUndefined();
  expect(
    everyProblem(
      drawing((random) => ({ level: 10 * random.below(3) + random.below(2) })),
      0,
      'train',
    ),
  ).toHaveLength(6);
});

test('a sampler that never comes to a problem is stopped, and patience changes no number', () => {
  const endless = drawing((random) => {
    for (;;) if (random.below(10) > 10) return { level: 0 };
  });
  const stream = Random.stream(0, 'evaluation');
  expect(() => sampled(endless, 0, 'train', 1, stream)).toThrow('its sampler drew 1,000,000 numbers in vain');
  const task = expressionsTask();
  const plain = Array.from({ length: 5 }, (_, i) => task.sample(3, 'validation', stream.fold(3).fold(1).fold(i)));
  expect(sampled(task, 3, 'validation', 5, stream)).toEqual(plain);
});
