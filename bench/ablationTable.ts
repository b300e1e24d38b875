// Runs of ablations as lines of a log, and as Markdown.

/** One training and what it came to on problems of the test split; level by level where it is a list. */
export interface AblationRun {
  readonly task: string;
  readonly preset: string;
  readonly seed: number;
  /** Digest of the whole configuration: a line of the log stands for this configuration alone. */
  readonly config: string;
  readonly updates: number;
  readonly seconds: number;
  readonly hash: string;
  readonly levels: readonly string[];
  readonly solved: readonly number[];
  /** Of the problems that need memory, at each level; `null` where there are none or the task does not tell. */
  readonly needsMemory: readonly (number | null)[];
  /** Tokens ÷ those of the shortest program, over solved problems. */
  readonly length: readonly (number | null)[];
  /** What is possible without memory, on the same problems. */
  readonly ceiling: readonly (number | null)[];
}

/** The runs in a log; a line that was torn off by a kill is none. */
export function parseLog(text: string): AblationRun[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as AblationRun];
    } catch {
      return [];
    }
  });
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

type Cells = readonly (number | null | undefined)[];

const known = (cells: Cells): number[] => cells.filter((cell) => cell !== null && cell !== undefined);
const middle = (cells: Cells): number | undefined => (known(cells).length > 0 ? median(known(cells)) : undefined);
const share = (value: number | null | undefined): string =>
  value === undefined || value === null ? '–' : value.toFixed(3);

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Levels of the run that has most. */
const levelsOf = (runs: readonly AblationRun[]): readonly string[] =>
  runs.map(({ levels }) => levels).reduce((a, b) => (b.length > a.length ? b : a));

/** Medians over the seeds of each preset, in the order of `presets`; and what is possible without memory. */
export function summaryTable(runs: readonly AblationRun[], presets: readonly string[]): string {
  const levels = levelsOf(runs);
  const rows = presets.flatMap((preset) => {
    const own = runs.filter((run) => run.preset === preset);
    if (own.length === 0) return [];
    return [
      [
        `\`${preset}\``,
        ...levels.map((_, level) => share(middle(own.map(({ solved }) => solved[level])))),
        share(middle(own.map(({ needsMemory }) => needsMemory.at(-1)))),
        share(middle(own.map(({ length }) => length.at(-1)))),
        median(own.map(({ seconds }) => seconds)).toFixed(0),
        String(own.length),
      ],
    ];
  });
  const ceilings = levels.map((_, level) => middle(runs.map(({ ceiling }) => ceiling[level])));
  if (known(ceilings).length > 0) rows.push(['*possible without memory*', ...ceilings.map(share), '0', '', '', '']);
  const header = ['preset', ...levels, 'needs memory', 'tokens ÷ shortest', 'seconds', 'seeds'];
  return markdown(header, rows);
}

/** Every run, by preset and seed. */
export function runTable(runs: readonly AblationRun[], presets: readonly string[]): string {
  const levels = levelsOf(runs);
  const ordered = presets.flatMap((preset) =>
    runs.filter((run) => run.preset === preset).sort((a, b) => a.seed - b.seed),
  );
  const rows = ordered.map((run) => [
    `\`${run.preset}\``,
    String(run.seed),
    ...levels.map((_, level) => share(run.solved[level])),
    share(run.needsMemory.at(-1)),
    share(run.length.at(-1)),
    String(run.updates),
    run.seconds.toFixed(0),
    `\`${run.hash.slice(0, 12)}\``,
  ]);
  const header = ['preset', 'seed', ...levels, 'needs memory', 'tokens ÷ shortest', 'updates', 'seconds', 'SHA-256'];
  return markdown(header, rows);
}
