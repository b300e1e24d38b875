// How long `innerloop serve` takes, from asking to the last byte: to list 10,000 runs, to list them again, and to open a
// run of a million metric lines with all its fields. Folders are made in a temporary place and removed at the end.
//
//   node bench/serve.ts [runs] [lines]

import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { get } from 'node:http';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../src/core/random.ts';
import { RUN_FILES } from '../src/runs/readRun.ts';
import { serveRuns } from '../src/serve/server.ts';
import { configure } from '../src/training/config.ts';

const [runs = 10_000, lines = 1_000_000] = process.argv.slice(2).map(Number);
const LEVELS = 3;
const TURNS = 5;
const random = Random.stream(0, 'task');
const { config } = configure({ task: 'calculator' });

/** Below one, with as many digits as a double has. */
const draw = (): number => random.uniform() / 1.1;

/** A line of metrics as training writes them. */
function metric(update: number): string {
  const solved = Array.from({ length: LEVELS }, (_, level) => (level === update % 7 ? null : draw()));
  return JSON.stringify({
    ...{ update, episodes: update * 192, seconds: update * 0.0031 + draw() * 1e-4, lanes: [64, 64, 64], solved },
    ...{ reward: draw(), rewardSpread: draw(), tokens: 4 + draw(), policyLoss: draw() - 0.5, valueLoss: draw() },
    ...{ entropy: draw(), hindsight: { examples: 40, crossEntropy: draw() }, gradientNorm: draw() * 2 },
  });
}

function evaluation(update: number): object {
  const levels = Array.from({ length: LEVELS }, (_, level) => {
    const [low, solved, high] = [draw(), draw(), draw()].sort((a, b) => a - b);
    return { level, problems: 128, solved, interval: { low, high }, reward: solved, rewardInterval: { low, high } };
  });
  return { update, episodes: update * 192, seconds: update * 0.0031, levels };
}

function makeRun(folder: string, seed: number, status: string, updates: number): void {
  mkdirSync(join(folder, RUN_FILES.checkpoints), { recursive: true });
  const last = evaluation(updates);
  const outcome = status === 'running' ? {} : { outcome: { hash: '0'.repeat(64), updates, ...last } };
  const info = { version: '0.1.0', seed, config: { ...config, seed, updates }, status, ...outcome };
  writeFileSync(join(folder, RUN_FILES.info), JSON.stringify(info, null, 2));
  writeFileSync(join(folder, RUN_FILES.evaluations), `${JSON.stringify(last)}\n`);
  const fd = openSync(join(folder, RUN_FILES.metrics), 'w');
  for (let first = 1; first <= updates; first += 1000) {
    const count = Math.min(1000, updates - first + 1);
    writeSync(fd, Array.from({ length: count }, (_, i) => `${metric(first + i)}\n`).join(''));
  }
  closeSync(fd);
}

interface Answer {
  /** From asking to the last byte. */
  readonly seconds: number;
  /** Of processor time, this client's included. */
  readonly processor: number;
  readonly bytes: number;
}

function ask(url: string): Promise<Answer> {
  const began = performance.now();
  const used = process.cpuUsage();
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'Accept-Encoding': 'br, gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
        else {
          const { system, user } = process.cpuUsage(used);
          resolve({ seconds: (performance.now() - began) / 1000, processor: (system + user) / 1e6, bytes });
        }
      });
    }).on('error', reject);
  });
}

const folder = mkdtempSync(join(tmpdir(), 'innerloop-bench-'));
try {
  for (let i = 0; i < runs; i++) {
    const status = i % 20 === 0 ? 'running' : i % 10 === 1 ? 'interrupted' : 'finished';
    makeRun(join(folder, 'many', `suite${i % 10}`, `run${i}`), i, status, 20);
  }
  makeRun(join(folder, 'long'), 0, 'finished', lines);
  const megabytes = statSync(join(folder, 'long', RUN_FILES.metrics)).size / 1e6;
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} threads, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
  );
  const measured: Record<string, Answer[]> = {};
  const note = (what: string, answer: Answer): void => {
    measured[what] ??= [];
    measured[what].push(answer);
  };
  for (let turn = 0; turn < TURNS; turn++) {
    // A new server knows nothing yet.
    const server = await serveRuns({ folder, site: folder, host: '127.0.0.1', port: 0 });
    note(`${runs} runs listed`, await ask(`${server.url}api/runs`));
    await new Promise((resolve) => setTimeout(resolve, 200));
    note(`${runs} runs listed again`, await ask(`${server.url}api/runs`));
    note(`${lines} lines (${megabytes.toFixed(0)} MB) opened`, await ask(`${server.url}api/runs/long/metrics`));
    note('three of its fields again', await ask(`${server.url}api/runs/long/metrics?fields=reward,solved.0,entropy`));
    const from = Math.floor(lines / 2);
    note('zoomed in on 1000 updates', await ask(`${server.url}api/runs/long/metrics?from=${from}&to=${from + 999}`));
    await server.close();
  }
  console.log(`${''.padEnd(40)} sent  seconds, ${TURNS} times (of processor time)`);
  for (const [what, answers] of Object.entries(measured)) {
    const sent = `${(answers[0]!.bytes / 1000).toFixed(0)} kB`;
    const times = answers.map(({ processor, seconds }) => `${seconds.toFixed(2)} (${processor.toFixed(2)})`);
    console.log(`${what.padEnd(36)} ${sent.padStart(8)}  ${times.join('  ')}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
