// Standard output: lines for people, or one JSON object a line for programs.

import { styleText } from 'node:util';
import { EXIT } from './failure.ts';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** Writes a text and a line break. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Writes one object on one line. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Puts a style on a text where `stream` shows colours (a terminal, without NO_COLOR). */
export function painter(stream: NodeJS.WriteStream = process.stdout): (style: Style, text: string) => string {
  const coloured = stream.isTTY === true && stream.hasColors();
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text);
}

export type Paint = ReturnType<typeof painter>;

let onClosed: (() => void) | undefined;

/** What to do when the reader of standard output goes away (`| head`); without it the process ends. */
export function whenOutputCloses(action: () => void): void {
  onClosed = action;
}

/** A reader that goes away is no error: whatever it wanted, it has. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      if (onClosed) onClosed();
      else process.exit(EXIT.success);
    });
  }
}
