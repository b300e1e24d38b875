// The processes that are measured, and what their times come to.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** What a contestant answers: milliseconds of each update, and whatever else the two sides have agreed on. */
export interface Answer extends Record<string, unknown> {
  readonly milliseconds: readonly number[];
}

/** A process that answers one line of JSON to each line it is given. */
export class Contestant {
  readonly name: string;
  readonly about: Promise<Record<string, unknown>>;
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly request: Record<string, unknown>;

  /** @param request goes with every line. @param core which core, or cores, it is pinned to. */
  constructor(name: string, command: readonly string[], request: Record<string, unknown> = {}, core = '0') {
    const pinned = hasTaskset ? ['taskset', '-c', core, ...command] : command;
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
    this.name = name;
    this.request = request;
    this.process = spawn(pinned[0]!, pinned.slice(1), { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
    this.about = this.answer();
  }

  async run(request: object): Promise<Answer> {
    this.process.stdin!.write(`${JSON.stringify({ ...request, ...this.request })}\n`);
    const answer = await this.answer();
    if (!answer.milliseconds) throw new Error(`${this.name}: ${answer.error ?? 'no answer'}`);
    return answer as Answer;
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

/** The first python3 that has torch, of all there are: PATH first, then the system's own. */
export function pythonWithTorch(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin'].filter(Boolean);
  const found = folders.flatMap((folder) => {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^python3(\.\d+)?$/.test(name)) : [];
    return names.map((name) => join(folder, name));
  });
  return [...new Set(found)].find((python) => spawnSync(python, ['-c', 'import torch, numpy']).status === 0);
}

/** What the rounds of one contestant came to. */
export interface Standing {
  readonly name: string;
  /** Of all updates, in milliseconds. */
  readonly median: number;
  readonly best: number;
  /** How much longer it took than the first contestant, within a round: the median of the rounds. */
  readonly ratio: number;
  readonly last: Answer;
}

export const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** Lets the contestants take turns: what the machine does to one side it does to the other a moment later. */
export async function alternate(
  contestants: readonly Contestant[],
  rounds: number,
  request: object,
): Promise<Standing[]> {
  const answers = contestants.map((): Answer[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) answers[i]!.push(await contestant.run(request));
  }
  const perRound = answers.map((own) => own.map(({ milliseconds }) => median(milliseconds)));
  return contestants.map(({ name }, i) => {
    const all = answers[i]!.flatMap(({ milliseconds }) => milliseconds);
    const ratios = perRound[i]!.map((time, round) => time / perRound[0]![round]!);
    return { name, median: median(all), best: Math.min(...all), ratio: median(ratios), last: answers[i]!.at(-1)! };
  });
}

/** Prints who takes part. */
export async function introduce(contestants: readonly Contestant[]): Promise<void> {
  for (const contestant of contestants) console.log(`${contestant.name}: ${JSON.stringify(await contestant.about)}`);
}

/** A name and its columns of nine. */
export const row = (name: string, columns: readonly string[]): string =>
  `${name.padEnd(42)}${columns.map((column) => column.padStart(9)).join(' ')}`;
