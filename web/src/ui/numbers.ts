// Numbers for people.

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `1,234` */
export const count = (value: number): string => grouped.format(value);

/** `99.5 %`; exact ends are said as such. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return '–';
  if (share === 0 || share === 1) return `${100 * share}\u00a0%`;
  // Rounding must not claim that all or nothing was solved.
  const rounded = Math.min(99.9, Math.max(0.1, 100 * share));
  return `${rounded.toFixed(1)}\u00a0%`;
}

/** Three significant digits: `0.0123`. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? count(value) : String(Number(value.toPrecision(3)));
}

/** `80 %`: for axes, whose numbers are round. */
export const wholePercent = (share: number): string => `${Math.round(100 * share)} %`;

/** Of intervals where a task's problems come in kin. */
export const BY_STRUCTURE = 'Intervals are by structure: problems alike in structure are no independent tries.';
