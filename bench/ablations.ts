// Trains presets of a task over seeds, each on one thread, and writes what every one of them comes to as Markdown.
//
//     node bench/ablations.ts                                        expressions, all presets with the default's levels
//     node bench/ablations.ts expressions default no-memory --to 4   two presets, seeds 0–4
//     node bench/ablations.ts --updates 3000 --out docs/ablations.md
//
// `--updates N` trains for N updates, and schedules stretch with them. What was trained goes to `--log FILE`, a JSON object
// a line; a configuration that stands there is not trained again, so that a run that was killed goes on. A log is of one
// version of the program: begin another after a change.

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { LevelScore } from '../src/evaluation/accuracy.ts';
import type { SetScore } from '../src/evaluation/examination.ts';
import { accelerate } from '../src/kernels/node.ts';
import { configure } from '../src/training/config.ts';
import type { Config } from '../src/training/configSchema.ts';
import { type Agent, openAgent } from '../src/training/openAgent.ts';
import { presetsOf } from '../src/training/presets/table.ts';
import { train } from '../src/training/train.ts';
import { type AblationRun, parseLog, runTable, summaryTable } from './ablationTable.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '2' },
    updates: { type: 'string' },
    problems: { type: 'string' },
    log: { type: 'string' },
    out: { type: 'string' },
  },
});
const [task = 'expressions', ...asked] = positionals;
const presets = asked.length > 0 ? asked : comparable();
const [from, to] = [Number(values.from), Number(values.to)];
const log = values.log ?? `runs/ablations-${task}.jsonl`;

/** Presets with the same levels as the default: the others answer other questions. */
function comparable(): string[] {
  const levels = (preset: string) => configure({ task, preset }).task.levels.length;
  return Object.keys(presetsOf(task)).filter((preset) => levels(preset) === levels('default'));
}

/** The configuration of a preset over as many updates as are asked for. */
function configurationOf(preset: string, seed: number): Config {
  const { config } = configure({ task, preset, seed });
  if (values.updates === undefined) return config;
  const updates = Number(values.updates);
  const { algorithm } = config;
  const stretch = <T extends { readonly over: number }>(schedule: T): T => ({
    ...schedule,
    over: Math.round((schedule.over * updates) / config.updates),
  });
  if (algorithm.name !== 'a2c') return configure({ ...config, updates }).config;
  const { entropy, uniform } = algorithm;
  const schedules = { entropy: stretch(entropy), uniform: stretch(uniform) };
  return configure({ ...config, updates, algorithm: { ...algorithm, ...schedules } }).config;
}

/** Of all that a line of the log depends on, this program's version aside. */
const digest = (config: Config): string =>
  createHash('sha256')
    .update(JSON.stringify([config, values.problems]))
    .digest('hex')
    .slice(0, 16);

/** Greedy play on the test split, with all that the task tells. */
function scoresOf(agent: Agent): readonly (LevelScore | SetScore)[] {
  const { levels, study } = agent.task;
  const problems = values.problems === undefined ? {} : { problems: Number(values.problems) };
  const all = levels.map((_, level) => level);
  if (!study) return all.map((level) => agent.evaluate(level, problems));
  const scores: SetScore[] = [];
  // The test split comes first.
  for (const part of agent.examine({ levels: all, samples: 0, ...problems })) {
    if (part.kind === 'set') scores.push(part.score);
    if (scores.length === all.length) break;
  }
  return scores;
}

async function run(preset: string, seed: number, config: Config): Promise<AblationRun> {
  let checkpoint: Uint8Array | undefined;
  for await (const event of train(config)) {
    if (event.type === 'checkpoint') checkpoint = event.bytes;
    if (event.type !== 'finished') continue;
    const { hash, seconds, updates } = event;
    const agent = await openAgent(checkpoint!);
    const scores = scoresOf(agent);
    const told = scores.map((score) => ('groups' in score ? score : undefined));
    return {
      ...{ task, preset, seed, config: digest(config), updates, seconds, hash },
      levels: agent.task.levels.map(({ name }) => name),
      solved: scores.map(({ solved }) => solved),
      needsMemory: told.map((score) => {
        const group = score?.groups['needs memory'];
        return group && group.problems > 0 ? group.share : null;
      }),
      length: told.map((score) => score?.length?.mean ?? null),
      ceiling: told.map((score) => score?.ceilings['no memory']?.share ?? null),
    };
  }
  throw new Error('a training ended without saying so');
}

accelerate();
mkdirSync(dirname(log), { recursive: true });
const before = existsSync(log) ? readFileSync(log, 'utf8') : '';
// What a kill tore off shall not spoil the line that comes.
if (before !== '' && !before.endsWith('\n')) appendFileSync(log, '\n');
const logged = parseLog(before);
const runs: AblationRun[] = [];
// Seed by seed, so that all presets can be compared early.
for (let seed = from; seed <= to; seed++) {
  for (const preset of presets) {
    const config = configurationOf(preset, seed);
    const same = (one: AblationRun) => one.preset === preset && one.seed === seed && one.config === digest(config);
    let one = logged.find(same);
    const known = one !== undefined;
    if (one === undefined) {
      one = await run(preset, seed, config);
      appendFileSync(log, `${JSON.stringify(one)}\n`);
    }
    runs.push(one);
    const shares = one.solved.map((solved) => (100 * solved).toFixed(1)).join(' ');
    console.error(`${preset}, seed ${seed}: ${shares} %, ${one.seconds.toFixed(0)} s${known ? ', from the log' : ''}`);
  }
}

const words = (flag: string, value: string | undefined) => (value === undefined ? [] : [`--${flag} ${value}`]);
const command = [
  ...['node bench/ablations.ts', task, ...asked, `--from ${from}`, `--to ${to}`],
  ...[...words('updates', values.updates), ...words('problems', values.problems)],
].join(' ');
const top = configure({ task }).task.levels.at(-1)!.name;
const text = `# Ablations of \`${task}\`

\`\`\`
${command}
\`\`\`

Node ${process.version}, one thread, ${cpus()[0]?.model ?? 'unknown processor'}. Share of test problems solved exactly
by greedy play, at each level; of the highest level (${top} of the default) the share of those problems that need memory,
and the tokens of solved programs over those of the shortest; seconds of training.

## Medians over the seeds

${summaryTable(runs, presets)}

## Every run

${runTable(runs, presets)}
`;
if (values.out === undefined) console.log(text);
else writeFileSync(values.out, text);
