import { expect, test } from 'vitest';
import type { TrainEvent } from './events.ts';
import { type TrainOptions, train } from './train.ts';

const SHORT = { task: 'calculator', updates: 12, checkpoint: { every: 10 }, evaluation: { every: 5, problems: 8 } };

async function events(options: TrainOptions): Promise<TrainEvent[]> {
  const all: TrainEvent[] = [];
  for await (const event of train(SHORT, options)) all.push(event);
  return all;
}

const hashOf = (all: readonly TrainEvent[]) => all.flatMap((event) => (event.type === 'finished' ? [event.hash] : []));

test('a checkpoint that is asked for comes after the update under way, and changes no bit', async () => {
  let wanted = false;
  let updates = 0;
  const asked = await events({
    checkpointWanted: () => {
      wanted = ++updates === 3;
      return wanted;
    },
  });
  const saved = asked.flatMap((event) => (event.type === 'checkpoint' ? [event.update] : []));
  expect(saved).toEqual([3, 10, 12]);
  expect(hashOf(asked)).toEqual(hashOf(await events({})));
});

test('seconds are those of the clock that is given', async () => {
  let ticks = 100;
  const all = await events({ clock: () => ticks++ });
  const seconds = all.flatMap((event) => ('seconds' in event ? [event.seconds] : []));
  expect(seconds.every((value, i) => Number.isInteger(value) && value > (seconds[i - 1] ?? 0))).toBe(true);
});
