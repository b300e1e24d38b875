// Pieces of the page as text: escaped words, tables, figures with captions.

import { xml } from '../../formats/svgParts.ts';

/** Columns are set to the right where their header starts with `>`, which is not shown. Cells are plain words. */
export interface Table {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Figure {
  /** A complete SVG document. */
  readonly svg: string;
  /** What is seen, and what would be seen otherwise: one or two sentences. */
  readonly caption: string;
  /** The same numbers, for whoever does not see the picture or wants them exactly; absent where they stand beside it. */
  readonly table?: Table;
  /** Takes the page's whole width. */
  readonly wide?: boolean;
}

export const tableOf = ({ caption, header, rows }: Table): string => {
  const right = header.map((name) => name.startsWith('>'));
  const side = (column: number) => (right[column] ? ' class="right"' : '');
  const head = header.map((name, i) => `<th scope="col"${side(i)}>${xml(name.replace(/^>/, ''))}</th>`).join('');
  const line = (row: readonly string[]) =>
    `<tr>${row.map((cell, i) => (i === 0 ? `<th scope="row"${side(i)}>` : `<td${side(i)}>`) + xml(cell) + (i === 0 ? '</th>' : '</td>')).join('')}</tr>`;
  return [
    '<div class="scroll" tabindex="0" role="region" ',
    `aria-label="${xml(caption)}"><table><caption>${xml(caption)}</caption>`,
    `<thead><tr>${head}</tr></thead><tbody>\n${rows.map(line).join('\n')}\n</tbody></table></div>`,
  ].join('');
};

/** A picture, its caption, and its numbers to unfold. */
export const figureOf = ({ caption, svg, table, wide }: Figure): string =>
  [
    `<figure${wide ? ' class="wide"' : ''}>`,
    svg.trim(),
    `<figcaption>${xml(caption)}</figcaption>`,
    ...(table ? [`<details><summary>Numbers</summary>${tableOf(table)}</details>`] : []),
    '</figure>',
  ].join('\n');

export const paragraph = (words: string, style = ''): string => `<p${style && ` class="${style}"`}>${xml(words)}</p>`;
