// The metrics of the runs that were looked at lately, as columns. Opening a run again costs a look at the file's size and
// time; a file that has grown is read from where it had ended.

import { join } from 'node:path';
import { RUN_FILES } from '../runs/readRun.ts';
import { Columns } from './columns.ts';
import { openInside } from './inside.ts';
import { readLines } from './logFile.ts';

/** Bytes of columns that are kept; those used longest ago go first. */
const BUDGET = 1 << 29;
const REMEMBERED = 512; // bytes of the last line

interface Known {
  columns: Columns;
  /** The byte after the last line in `columns`, and the bytes before it: a log that was cut and grew again has others. */
  end: number;
  tail: Buffer;
  /** Inode, size and time of the file when it was read. */
  stamp: string;
  /** The reading that is under way: others wait for it. */
  reading: Promise<Columns> | undefined;
}

const unknown = (): Known => ({
  ...{ columns: new Columns(), end: 0, tail: Buffer.alloc(0), stamp: '' },
  reading: undefined,
});

export class MetricsCache {
  private readonly root: string;
  /** By the run's path, the one used last at the end. */
  private readonly known = new Map<string, Known>();

  /** @param root a real path that nothing is read outside of. */
  constructor(root: string) {
    this.root = root;
  }

  /**
   * The run's metrics as they stand. The same object grows while lines are only added; another one stands for a log that
   * was cut, as resuming does.
   *
   * @throws Refusal, or what the system says.
   */
  async read(run: string): Promise<Columns> {
    const known = this.known.get(run) ?? unknown();
    this.known.delete(run);
    this.known.set(run, known);
    known.reading ??= this.readOn(run, known);
    return known.reading;
  }

  private async readOn(run: string, known: Known): Promise<Columns> {
    try {
      return await this.update(run, known);
    } catch (error) {
      // Half a piece may have been added.
      this.known.delete(run);
      throw error;
    } finally {
      known.reading = undefined;
      this.makeRoom();
    }
  }

  private async update(run: string, known: Known): Promise<Columns> {
    const handle = await openInside(this.root, join(run, RUN_FILES.metrics));
    try {
      const { ino, mtimeMs, size } = await handle.stat();
      const stamp = `${ino} ${size} ${mtimeMs}`;
      if (stamp === known.stamp) return known.columns;
      if (!(await isContinued(handle, known))) Object.assign(known, unknown(), { reading: known.reading });
      const { columns } = known;
      known.end = await readLines(handle, known.end, (bytes, start, end) => {
        if (columns.lines === 0) columns.reserve(expectedRows(size, bytes, end));
        columns.add(bytes, start, end);
        const from = Math.max(start, end + 1 - REMEMBERED);
        known.tail = Buffer.from(bytes.subarray(from, end + 1));
      });
      known.stamp = stamp;
      return columns;
    } finally {
      await handle.close();
    }
  }

  private makeRoom(): void {
    let sum = 0;
    for (const { columns } of this.known.values()) sum += columns.size;
    for (const [run, { columns, reading }] of this.known) {
      if (sum <= BUDGET || this.known.size === 1) return;
      if (reading !== undefined) continue;
      sum -= columns.size;
      this.known.delete(run);
    }
  }
}

/** Whether the bytes before `end` are still those that were read. */
async function isContinued(handle: Awaited<ReturnType<typeof openInside>>, { end, tail }: Known): Promise<boolean> {
  const { length } = tail;
  const now = Buffer.alloc(length);
  const { bytesRead } = await handle.read(now, 0, length, end - length);
  return bytesRead === length && now.equals(tail);
}

/** A guess from the lines at hand, with some to spare: lines get longer as their numbers do. */
function expectedRows(size: number, bytes: Uint8Array, end: number): number {
  let lines = 0;
  const sample = Math.min(end + 1, 1 << 14);
  for (let i = 0; i < sample; i++) if (bytes[i] === 0x0a) lines++;
  return Math.ceil((size / sample) * Math.max(1, lines) * 1.02) + 1024;
}
