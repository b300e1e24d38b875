import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createTask } from '../tasks/table.ts';
import { configure } from '../training/config.ts';
import type { EvaluationEvent, UpdateEvent } from '../training/events.ts';
import { Panel } from './panel.ts';

/** A terminal that keeps what is written to it. */
function terminal(columns: number): NodeJS.WriteStream & { written(): string } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const written = () => stripVTControlCharacters(text);
  return Object.assign(stream, { isTTY: true, columns, rows: 40, hasColors: () => true, written }) as never;
}

const { config } = configure({ task: 'calculator' });
const levels = [1, 0.5, 0].map((solved, level) => ({
  level,
  solved,
  problems: 8,
  interval: { low: 0, high: 1 },
  reward: 1,
  rewardInterval: { low: 1, high: 1 },
  tokens: 3,
}));
const update: UpdateEvent = {
  ...({
    type: 'update',
    update: 300,
    episodes: 57_600,
    seconds: 2,
    lanes: [96, 96, 0],
    solved: [1, 0.5, null],
  } as const),
  ...{ reward: 1.25, rewardSpread: 0.5, tokens: 4, policyLoss: 0, valueLoss: 0 },
  ...{ entropy: 0.5, hindsight: null, gradientNorm: 1 },
};
const evaluation: EvaluationEvent = { type: 'evaluation', update: 300, episodes: 57_600, seconds: 2, levels };

test('the panel shows progress, levels and numbers, and stays when it ends', () => {
  const stream = terminal(80);
  const panel = new Panel(createTask('calculator'), 'runs/a', stream);
  panel.take({ type: 'started', config, parameters: 59_731, update: 0, threads: 2 });
  expect(stream.written()).toContain('calculator · preset default · seed 0 · 59,731 parameters · 2 threads\nruns/a');
  expect(stream.written()).toMatch(/add +░{20} +–/);
  panel.take(update);
  panel.take(evaluation);
  panel.take({ type: 'warning', update: 300, message: 'one thread only' });
  panel.stopping();
  const shown = stream.written();
  expect(shown).toContain('warning: one thread only');
  expect(shown).toMatch(/█+░+ {2}update 300 of 600 {3}stopping/);
  expect(shown).toMatch(/2 of 3 levels open {3}reward 1\.25 {3}entropy 0\.50 {3}[\d,]+ episodes\/s/);
  expect(shown).toMatch(/subtract {2}█{10}░{10} +50\.0 % {2}\(a·b \+ c\) − d/);
  const hash = 'a'.repeat(64);
  panel.take({ type: 'finished', status: 'finished', hash, updates: 300, episodes: 57_600, seconds: 2, levels });
  panel.close();
  expect(stream.written()).toContain('every level solved after 300 updates');
});

test.each(['default', 'eight'])('every line of the panel of expressions, preset %s, fits 80 columns', (preset) => {
  const { config, task } = configure({ task: 'expressions', preset });
  const stream = terminal(80);
  const panel = new Panel(task, 'runs/expressions-default-seed0', stream);
  panel.take({ type: 'started', config, parameters: 1_159_731, update: 0, threads: 2 });
  const all = task.levels.map((_, level) => ({ ...levels[0]!, level }));
  const lanes = task.levels.map(() => 24);
  panel.take({ ...evaluation, levels: all });
  panel.take({ ...update, update: config.updates - 1, lanes, solved: lanes.map(() => 1) });
  panel.stopping();
  // What does not fit would be broken into lines, so that whole lines tell that all fits.
  const lines = stream.written().split('\n');
  const whole = (...parts: string[]) =>
    expect(lines.some((line) => parts.every((part) => line.includes(part)))).toBe(true);
  for (const { name, goal } of task.levels) whole(`${name}  `, '100.0 %', goal);
  whole('███', `update ${config.updates - 1} of ${config.updates}`, 'stopping; Ctrl-C once more stops at once');
  whole(`${lanes.length} of ${lanes.length} levels open`, 'entropy 0.50', 'episodes/s');
});
