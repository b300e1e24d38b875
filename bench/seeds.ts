// Trains one configuration over several seeds on one thread and reports every one of them, failures included.
//
//     node bench/seeds.ts calculator                          seeds 0–19, the default preset
//     node bench/seeds.ts calculator --preset no-memory --to 4
//     node bench/seeds.ts tutorial --to 199                   where the published system ends
//     node bench/seeds.ts calculator --from 1000 --to 1004    tuning looks at seeds from 1000 up
//
// `--log FILE` keeps every finished seed, a JSON object a line, and does not train again what stands there (one file for
// one task, preset and version of the program). `--svg FILE` draws the learning curves (validation split), with a line at each `--line 19.0=label`; `--json` prints one
// object a seed.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { lineChart } from '../src/formats/svgChart.ts';
import { accelerate } from '../src/kernels/node.ts';
import { createTask } from '../src/tasks/table.ts';
import type { EvaluationEvent, FinishedEvent } from '../src/training/events.ts';
import { train } from '../src/training/train.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: 'string', default: 'default' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '19' },
    svg: { type: 'string' },
    log: { type: 'string' },
    line: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const task = positionals[0] ?? 'calculator';
const { preset } = values;
const [from, to] = [Number(values.from), Number(values.to)];

/** What the bar asks of every level. */
const SOLVED = 0.995;

interface Outcome {
  readonly seed: number;
  readonly finished: FinishedEvent;
  readonly evaluations: readonly EvaluationEvent[];
}

const known: Outcome[] =
  values.log !== undefined && existsSync(values.log)
    ? readFileSync(values.log, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];

async function run(seed: number): Promise<Outcome> {
  const before = known.find((outcome) => outcome.seed === seed);
  if (before) return before;
  const evaluations: EvaluationEvent[] = [];
  for await (const event of train({ task, preset, seed })) {
    if (event.type === 'evaluation') evaluations.push(event);
    if (event.type !== 'finished') continue;
    const outcome = { seed, finished: event, evaluations };
    if (values.log !== undefined) appendFileSync(values.log, `${JSON.stringify(outcome)}\n`);
    return outcome;
  }
  throw new Error('a training ended without saying so');
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number => sorted(numbers)[numbers.length >> 1]!;

accelerate();
if (!values.json) {
  console.log(`node bench/seeds.ts ${task} --preset ${preset} --from ${from} --to ${to}`);
  console.log(`Node ${process.version}, one thread, ${cpus()[0]?.model ?? 'unknown processor'}`);
}
const outcomes: Outcome[] = [];
for (let seed = from; seed <= to; seed++) {
  const outcome = await run(seed);
  const { hash, levels, seconds, updates } = outcome.finished;
  outcomes.push(outcome);
  if (values.json) {
    const solved = levels.map((level) => level.solved);
    console.log(JSON.stringify({ seed, updates, seconds, solved, reward: levels.map((level) => level.reward), hash }));
    continue;
  }
  const shares = levels.map((level) => `${(100 * level.solved).toFixed(1)} % (reward ${level.reward.toFixed(3)})`);
  console.log(`seed ${seed}: ${updates} updates, ${seconds.toFixed(2)} s, ${shares.join(', ')}, ${hash.slice(0, 12)}`);
}

if (!values.json) {
  const good = outcomes.filter(({ finished }) => finished.levels.every(({ solved }) => solved >= SOLVED));
  const updates = outcomes.map(({ finished }) => finished.updates);
  const seconds = outcomes.map(({ finished }) => finished.seconds);
  const failed = outcomes.filter((outcome) => !good.includes(outcome)).map(({ seed }) => seed);
  const problems = outcomes[0]!.finished.levels[0]!.problems;
  console.log(
    `${good.length} of ${outcomes.length} seeds solve every level at ≥ ${100 * SOLVED} % of ${problems} test problems`,
  );
  console.log(`updates: median ${median(updates)}, most ${Math.max(...updates)}`);
  console.log(`seconds: median ${median(seconds).toFixed(2)}, most ${Math.max(...seconds).toFixed(2)}`);
  if (failed.length > 0 && task !== 'tutorial') console.log(`failed: ${failed.join(', ')}`);
  if (task === 'tutorial') {
    const first = outcomes.map(({ finished }) => finished.levels[0]!.reward);
    const paid = first.filter((reward) => reward > 1).length;
    const nothing = first.filter((reward) => reward === 0).length;
    console.log(`T0 > 1.0 in ${paid}, T0 = 0 in ${nothing}, between in ${first.length - paid - nothing}`);
  }
}

if (values.svg) {
  const goals = createTask(task).levels.map(({ goal }) => goal);
  const most = Math.max(...outcomes.flatMap(({ evaluations }) => evaluations.map(({ update }) => update)));
  const step = outcomes[0]!.evaluations[0]!.update;
  const solvedAt = ({ evaluations }: Outcome, level: number, update: number): number => {
    // A training that has ended early stays where it ended.
    const event = evaluations.findLast((evaluation) => evaluation.update <= update);
    return event ? event.levels[level]!.solved : 0;
  };
  const updates = Array.from({ length: most / step }, (_, i) => (i + 1) * step);
  const series = goals.map((_, level) => {
    const shares = updates.map((update) => sorted(outcomes.map((outcome) => solvedAt(outcome, level, update))));
    return {
      name: goals[level]!,
      points: updates.map((update, i): [number, number] => [update, 100 * shares[i]![shares[i]!.length >> 1]!]),
      band: updates.map((update, i): [number, number, number] => [
        update,
        100 * shares[i]![0]!,
        100 * shares[i]!.at(-1)!,
      ]),
    };
  });
  const svg = lineChart({
    title: `${task}: problems solved exactly (median and range of seeds ${from}–${to})`,
    xLabel: 'updates of 192 episodes',
    yLabel: 'solved, % (validation)',
    yDomain: [0, 100],
    references: values.line.map((line) => {
      const [y, label] = line.split('=') as [string, string];
      return { y: Number(y), label };
    }),
    series,
    width: 760,
    height: 380,
  });
  writeFileSync(values.svg, svg);
}
