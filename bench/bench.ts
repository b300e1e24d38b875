// Times the reference update here and in PyTorch, alternating in one process tree, one thread each and pinned.
//
//     npm run bench                     the table
//     npm run bench -- --rounds 20      more rounds (default 8)
//
// PyTorch is used when a python3 with torch is found (Debian: python3-torch, libopenblas0-pthread).

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`innerloop: --rounds: expected a whole number from 1, received ${values.rounds}`);
  process.exit(2);
}

const TOKENS = 6;
const VOCABULARY = 18;
const SIZES = [
  { batch: 192, hidden: 96, updates: 100 },
  { batch: 2048, hidden: 96, updates: 10 },
  { batch: 192, hidden: 512, updates: 6 },
] as const;
type Size = (typeof SIZES)[number];

/** A process that answers one line of JSON to each line it is given. */
class Contestant {
  readonly name: string;
  readonly about: Promise<Record<string, unknown>>;
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly request: Record<string, unknown>;

  constructor(name: string, command: readonly string[], request: Record<string, unknown>, core = '0') {
    const pinned = hasTaskset ? ['taskset', '-c', core, ...command] : command;
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
    this.name = name;
    this.request = request;
    this.process = spawn(pinned[0]!, pinned.slice(1), { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
    this.about = this.answer();
  }

  async run(size: Size): Promise<number[]> {
    this.process.stdin!.write(`${JSON.stringify({ ...size, ...this.request })}\n`);
    const answer = (await this.answer()) as { milliseconds?: number[]; error?: string };
    if (!answer.milliseconds) throw new Error(`${this.name}: ${answer.error ?? 'no answer'}`);
    return answer.milliseconds;
  }

  end(): void {
    this.process.stdin!.end();
  }

  private async answer(): Promise<Record<string, unknown>> {
    const { done, value } = await this.lines.next();
    if (done) throw new Error(`${this.name} ended early`);
    return JSON.parse(value) as Record<string, unknown>;
  }
}

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** The first python3 that has torch, of all there are: PATH first, then the system's own. */
function pythonWithTorch(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin'].filter(Boolean);
  const found = folders.flatMap((folder) => {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^python3(\.\d+)?$/.test(name)) : [];
    return names.map((name) => join(folder, name));
  });
  return [...new Set(found)].find((python) => spawnSync(python, ['-c', 'import torch, numpy']).status === 0);
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** Multiply–adds of one update, counted twice as usual: forward, and two products backward. */
function flops({ batch, hidden }: Size): number {
  const forward = 2 * batch * TOKENS * hidden * (3 * hidden + VOCABULARY + 1);
  const table = 2 * VOCABULARY * hidden * 3 * hidden;
  return 3 * (forward + table);
}

const ours = [process.execPath, join(here, 'referenceUpdate.ts')];
const published = { afterEnd: 'train' };
const contestants = [
  new Contestant('innerloop', [...ours, '1'], published),
  new Contestant('innerloop, lanes end with their answer', [...ours, '1'], { afterEnd: 'mask' }),
  new Contestant('innerloop, 128-bit (as in a browser)', [...ours, '1', 'plain'], published),
  new Contestant('innerloop, two threads', [...ours, '2'], published, '0,1'),
];
const python = pythonWithTorch();
if (python) {
  const peer = [python, join(here, 'pytorch/reference_update.py')];
  contestants.push(new Contestant('PyTorch, its own GRU cell', peer, { cell: 'gru' }));
  contestants.push(new Contestant('PyTorch, our algorithm (table)', peer, { cell: 'table' }));
}

console.log(`node bench/bench.ts --rounds ${rounds}`);
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; pinned: ${hasTaskset ? 'yes' : 'no taskset here'}`,
);
for (const contestant of contestants) console.log(`${contestant.name}: ${JSON.stringify(await contestant.about)}`);
if (!python) console.log('PyTorch: no python3 with torch found (Debian: python3-torch, libopenblas0-pthread)');

for (const size of SIZES) {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  const roundMedians = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      const milliseconds = await contestant.run(size);
      times.get(contestant.name)!.push(...milliseconds);
      roundMedians.get(contestant.name)!.push(median(milliseconds));
    }
  }
  console.log(
    `\n${size.batch} episodes × ${TOKENS} tokens, hidden ${size.hidden}: ${rounds} rounds of ${size.updates} updates`,
  );
  console.log('                                            median ms   best ms   GFLOP/s   tokens/s   innerloop is');
  const [first] = contestants as [Contestant, ...Contestant[]];
  for (const { name } of contestants) {
    const all = times.get(name)!;
    // Ratios within a round: what the machine did to one side it did to the other a moment later.
    const ratios = roundMedians.get(name)!.map((time, round) => time / roundMedians.get(first.name)![round]!);
    const ms = median(all);
    const columns = [
      ms.toFixed(2).padStart(9),
      Math.min(...all)
        .toFixed(2)
        .padStart(9),
      (flops(size) / ms / 1e6).toFixed(1).padStart(9),
      Math.round((size.batch * TOKENS) / (ms / 1000))
        .toLocaleString('en')
        .padStart(12),
      `${median(ratios).toFixed(2)}×`.padStart(9),
    ];
    console.log(`${name.padEnd(42)}${columns.join(' ')}`);
  }
}
for (const contestant of contestants) contestant.end();
