// Numbers, bars and tables for people.

/** `1,234,567` */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `99.5 %`; never rounded up to 100, nor down to 0. */
export function percent(share: number): string {
  const tenths = Math.round(share * 1000);
  const honest = share < 1 ? Math.min(tenths, 999) : tenths;
  return `${((share > 0 ? Math.max(honest, 1) : honest) / 10).toFixed(1)} %`;
}

/** `99.2 – 99.8 %` */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  const show = (share: number) => (share * 100).toFixed(1);
  return `${show(low)} – ${show(high)} %`;
}

/** `0.8 s`, `42 s`, `3 min 20 s`, `2 h 05 min`; `–` where it is not known. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** Two significant digits, with a power of ten where small: for errors. */
export const small = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

/** `████░░░░` */
export function bar(share: number, width: number): string {
  const full = Math.max(0, Math.min(width, Math.round(share * width)));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** `1 update`, `2 updates` */
export const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/**
 * Rows under a header, columns two spaces apart. A column is set to the right when its header starts with `>`, which is
 * not shown.
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[], indent = ''): string {
  const right = header.map((title) => title.startsWith('>'));
  const all = [header.map((title) => title.replace(/^>/, '')), ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(widths[column]! - width(cell));
        return right[column] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return all.map((row) => indent + line(row)).join('\n');
}

/** Columns that a text takes; styles take none. Everything printed here is one column a character. */
export function width(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one.
  return [...text.replaceAll(/\u001b\[[0-9;]*m/g, '')].length;
}
