// A training's warnings and notes for people: the sentence, and below it what to do.

import type { WarningEvent } from '../training/events.ts';
import type { Paint } from './output.ts';

const COLUMNS = 120;

/** Lines of at most `columns`, or as the terminal has. */
export function warningText(
  { hint, message, severity = 'warning' }: WarningEvent,
  paint: Paint,
  columns?: number,
): string {
  const width = Math.max(40, columns ?? process.stdout.columns ?? COLUMNS);
  const [first, ...rest] = wrapped(`${severity}: ${message}`, width);
  const label = `${paint(severity === 'note' ? 'cyan' : 'yellow', severity)}${first!.slice(severity.length)}`;
  const advice = hint === undefined ? [] : wrapped(`→ ${hint}`, width);
  return [label, ...rest, ...advice.map((line) => paint('dim', line))].join('\n');
}

/** Breaks between words; lines after the first are set in by two. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, i) => (i === 0 && one.startsWith('→') ? `  ${one}` : one));
}
