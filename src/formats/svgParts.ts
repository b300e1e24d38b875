// What the charts of this folder are drawn with: colours, text, scales and paths as SVG.

/** A point of a line: [x, y]. */
export type Point = readonly [x: number, y: number];

/** What a line varies within: [x, low, high], finite, in order of x. */
export type Band = readonly (readonly [x: number, low: number, high: number])[];

export type Scale = (value: number) => number;

/** Okabe and Ito's colours for all kinds of colour vision, without black and yellow; the darker first. */
export const PALETTE = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const;

export const TEXT = 13;
export const INK = '#1f2328';
export const FAINT = '#656d76';
export const GRID = '#e4e7eb';
/** Width of a digit or letter of the system's sans-serif, in sizes: generous, since nothing can be measured here. */
const EM = 0.58;

export function linePath(points: readonly Point[], px: Scale, py: Scale): string {
  let path = '';
  let open = false;
  for (const [x, y] of points) {
    const finite = Number.isFinite(x) && Number.isFinite(y);
    if (finite) path += `${open ? 'L' : 'M'}${fix(px(x))} ${fix(py(y))}`;
    open = finite;
  }
  return path;
}

export function bandPath(band: Band | undefined, px: Scale, py: Scale, colour: string): string {
  if (band === undefined || band.length === 0) return '';
  const along = band.map(([x, , high]) => `${fix(px(x))} ${fix(py(high))}`);
  const back = band.map(([x, low]) => `${fix(px(x))} ${fix(py(low))}`).reverse();
  return `<path d="M${[...along, ...back].join('L')}Z" fill="${colour}" fill-opacity=".18"/>\n`;
}

export function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${fix(x)}" y="${fix(y)}" ${attributes}>${xml(words)}</text>\n`;
}

/** `1,500`, `0.25`, `−3`, `2e-7`. */
export function label(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return String(value).replace('-', '−').replace('e+', 'e');
  const [whole, fraction] = String(size).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

export function textWidth(words: string): number {
  return words.length * TEXT * EM;
}

export function extent(values: readonly number[]): readonly [number, number] {
  // Not Math.min(...values): a long curve has more values than a call takes arguments.
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** A range of no width has none to draw in. */
export function widen([low, high]: readonly [number, number]): readonly [number, number] {
  return low < high ? [low, high] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
}

export function fix(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attributes; control characters, which XML forbids, are dropped. */
export function xml(words: string): string {
  return words.replace(/[&<>"']/g, (character) => ENTITIES[character]!).replace(/[^\t\n\r\u0020-\uffff]/g, '');
}

/** The beginning of a document with a white ground, to be ended by `</svg>`; its title is for readers of screens. */
export function openDocument(title: string, width: number, height: number): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" aria-label="${xml(title)}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial,`,
    ` sans-serif" font-size="${TEXT}" fill="${INK}">\n`,
    `<title>${xml(title)}</title>\n`,
    `<rect width="${width}" height="${height}" fill="#fff"/>\n`,
  ].join('');
}
