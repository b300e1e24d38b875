// An append-only file of JSON lines. A process killed while writing leaves at most a torn last line, which the next
// opening removes; readers skip it.

import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { InnerloopError } from '../core/errors.ts';
import { fileError, onFile } from './fileErrors.ts';

const CHUNK = 1 << 16;
const BUFFERED = 1 << 14; // bytes
const NEWLINE = 0x0a;

/** The writer's end of a log. One at a time: the run's lock sees to that. */
export class AppendLog {
  readonly path: string;
  private fd: number | undefined;
  /** Where the next line goes: after the last whole line on disk. */
  private end: number;
  private pending = '';

  private constructor(path: string, fd: number, end: number) {
    this.path = path;
    this.fd = fd;
    this.end = end;
  }

  /** Opens `path`, made if it is not there, and cuts off a torn last line. @throws InnerloopError `file`. */
  static open(path: string): AppendLog {
    return onFile(path, () => {
      const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o666);
      try {
        const size = fstatSync(fd).size;
        const end = endOfLastLine(fd, size);
        if (end < size) ftruncateSync(fd, end);
        return new AppendLog(path, fd, end);
      } catch (error) {
        closeSync(fd);
        throw error;
      }
    });
  }

  /**
   * Adds one line: buffered, on disk at the next `flush`, or when 16 kB have come together. Typed arrays become arrays;
   * what is not finite becomes null.
   */
  append(value: unknown): void {
    this.descriptor();
    this.pending += `${JSON.stringify(value, plain)}\n`;
    if (this.pending.length >= BUFFERED) this.flush();
  }

  /**
   * Hands the buffered lines to the system: from here on they outlive this process, however it ends.
   *
   * @throws InnerloopError `file`. The lines stay buffered and a later flush writes them over what part was written.
   */
  flush(): void {
    const fd = this.descriptor();
    if (this.pending === '') return;
    const bytes = Buffer.from(this.pending);
    onFile(this.path, () => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(fd, bytes, done, bytes.length - done, this.end + done);
      }
    });
    this.end += bytes.length;
    this.pending = '';
  }

  /**
   * Drops the first line that `keep` refuses and all after it. Cutting a file is one step of the file system, so that a
   * crash leaves the old log or the new one, and it works on a full disk too.
   *
   * @throws InnerloopError `file`: a line before the cut is not JSON.
   */
  truncateAfter(keep: (value: unknown) => boolean): void {
    this.flush();
    const fd = this.descriptor();
    onFile(this.path, () => {
      for (const { start, value } of lines(fd, this.path)) {
        if (keep(value)) continue;
        ftruncateSync(fd, start);
        this.end = start;
        return;
      }
    });
  }

  /** Flushes and closes; the file is closed even when flushing fails. Closing twice does nothing. */
  close(): void {
    if (this.fd === undefined) return;
    try {
      this.flush();
    } finally {
      closeSync(this.fd);
      this.fd = undefined;
    }
  }

  private descriptor(): number {
    if (this.fd === undefined) throw new Error(`innerloop: the log ${this.path} is closed`);
    return this.fd;
  }
}

/**
 * The values of the log at `path`, streamed: memory holds a line at a time. A torn last line is skipped; another process
 * may be writing.
 *
 * @throws InnerloopError `file`: not readable, or a line that is not JSON.
 */
export function* readLog(path: string): Generator<unknown, void, undefined> {
  const fd = onFile(path, () => openSync(path, 'r'));
  try {
    for (const { value } of lines(fd, path)) yield value;
  } finally {
    closeSync(fd);
  }
}

/** Each whole line: its value, and the byte it starts at. */
function* lines(fd: number, path: string): Generator<{ readonly value: unknown; readonly start: number }> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let rest: Buffer[] = []; // of the line that began in earlier chunks
  let start = 0;
  let number = 1;
  for (let position = 0; ; ) {
    const length = readChunk(fd, path, chunk, position);
    if (length === 0) return;
    position += length;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < length; at = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, at)]);
      yield { value: parse(line, path, number), start };
      start += line.length + 1;
      number++;
      rest = [];
      from = at + 1;
    }
    rest.push(Buffer.from(chunk.subarray(from, length)));
  }
}

function readChunk(fd: number, path: string, chunk: Buffer, position: number): number {
  try {
    return readSync(fd, chunk, 0, chunk.length, position);
  } catch (error) {
    throw fileError(path, error);
  }
}

function parse(line: Buffer, path: string, number: number): unknown {
  try {
    return JSON.parse(line.toString()) as unknown;
  } catch {
    const hint = 'restore the file from a copy, or remove that line';
    throw new InnerloopError({ kind: 'file', path, reason: `line ${number} is not JSON`, hint });
  }
}

/** The byte after the last newline among the first `size` bytes, searched from the end. */
function endOfLastLine(fd: number, size: number): number {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let end = size; end > 0; ) {
    const from = Math.max(0, end - CHUNK);
    const length = readSync(fd, chunk, 0, end - from, from);
    const at = chunk.subarray(0, length).lastIndexOf(NEWLINE);
    if (at >= 0) return from + at + 1;
    end = from;
  }
  return 0;
}

function plain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float32Array) : value;
}
