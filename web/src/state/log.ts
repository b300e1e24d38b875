// All that a training told, line by line as a run folder keeps it: compressed as it comes, so that an hour of updates is
// a few megabytes.

import type { EvaluationEvent, UpdateEvent, WarningEvent } from 'innerloop';

type Line = UpdateEvent | EvaluationEvent | WarningEvent;

/** Characters that come together before they are compressed. */
const BLOCK = 1 << 18;

/** `metrics.jsonl`, say, in the making. */
export class RunLog {
  private readonly blocks: Promise<Blob>[] = [];
  private pending: string[] = [];
  private size = 0;

  take({ type: _, ...fields }: Line): void {
    this.append(JSON.stringify(fields));
  }

  private append(line: string): void {
    this.pending.push(line);
    this.size += line.length + 1;
    if (this.size < BLOCK) return;
    this.blocks.push(through(new Blob([textOf(this.pending)]), new CompressionStream('gzip')));
    this.pending = [];
    this.size = 0;
  }

  /** The lines up to `update`, that one among them. */
  async text(update: number): Promise<string> {
    const pending = textOf(this.pending);
    const whole = await Promise.all(
      this.blocks.map(async (block) => (await through(await block, new DecompressionStream('gzip'))).text()),
    );
    const lines = [...whole, pending].join('').split('\n');
    const end = lines.findIndex((line) => line === '' || updateOf(line) > update);
    return textOf(lines.slice(0, end));
  }
}

/** Those of a run, by what they hold. */
export const emptyLogs = () => ({ metrics: new RunLog(), evaluations: new RunLog(), warnings: new RunLog() });

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const updateOf = (line: string): number => (JSON.parse(line) as Line).update;

const through = (blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Blob> =>
  new Response(blob.stream().pipeThrough(stream)).blob();
