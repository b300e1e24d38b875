// Tables as Markdown and as comma-separated values.

/** A column is set to the right when its header starts with `>`, which is not shown. A `|` in a cell is escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const names = header.map((title) => title.replace(/^>/, ''));
  const rule = header.map((title) => (title.startsWith('>') ? '---:' : '---'));
  return [line(names), line(rule), ...rows.map(line)].join('\n');
}

/** RFC 4180, with line feeds. Numbers as JavaScript writes them; `null` and what is not finite are empty. */
export function csv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
