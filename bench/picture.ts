// The README's picture: an expression, the program that a trained agent wrote for it, and how agents came to that.
//
//     node bench/picture.ts --log FILE --checkpoint RUN_OR_FILE --out docs/expressions.svg
//
// `--log` is what bench/seeds.ts kept of `expressions`.

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineChart, xml } from '../src/formats/svgChart.ts';
import { ceilingsOf } from '../src/training/ceilings.ts';
import { configure } from '../src/training/config.ts';
import type { EvaluationEvent } from '../src/training/events.ts';
import { openAgent } from '../src/training/openAgent.ts';

const { values } = parseArgs({
  options: {
    log: { type: 'string', default: 'runs/seeds-expressions.jsonl' },
    checkpoint: { type: 'string', default: '' },
    problem: { type: 'string', default: 'x3 * (x0 - (x5 + x2) * x7) - x1 * x4' },
    out: { type: 'string', default: 'docs/expressions.svg' },
  },
});

const WIDTH = 820;
const CHART = { width: WIDTH, height: 400 };
const LINE = 19;
const TOP = 92;

interface Outcome {
  readonly seed: number;
  readonly evaluations: readonly EvaluationEvent[];
}

const outcomes: Outcome[] = readFileSync(values.log, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** What is possible without memory on the validation problems of each seed: the median, as the curves are. */
function memorylessCeiling(level: number): number {
  return median(
    outcomes.map(({ seed }) => {
      const { config } = configure({ task: 'expressions', seed });
      return ceilingsOf(config, 'validation').find(({ about }) => about === 'at most with no memory')!.levels[level]!;
    }),
  );
}

/** Every 250 updates is as fine as the eye can see here. */
const STEP = 250;

function chart(): string {
  const levels = outcomes[0]!.evaluations[0]!.levels.length;
  const points = outcomes[0]!.evaluations.map((_, i) => i).filter((i) => (i + 1) % (STEP / 50) === 0);
  const at = (level: number, i: number) =>
    outcomes.map(({ evaluations }) => 100 * evaluations[i]!.levels[level]!.solved);
  const series = Array.from({ length: levels - 2 }, (_, k) => {
    const level = k + 2;
    return {
      name: `${level + 1} operators`,
      points: points.map((i): [number, number] => [outcomes[0]!.evaluations[i]!.update, median(at(level, i))]),
      band: points.map((i): [number, number, number] => {
        const shares = at(level, i);
        return [outcomes[0]!.evaluations[i]!.update, Math.min(...shares), Math.max(...shares)];
      }),
    };
  });
  return lineChart({
    ...CHART,
    title: `Unseen structures solved exactly (median and range of ${outcomes.length} seeds)`,
    xLabel: 'updates of 192 episodes',
    yLabel: 'solved, % (validation)',
    yDomain: [0, 100],
    series,
    references: [
      { y: 100 * memorylessCeiling(5), label: 'exact ceiling without memory on these problems, 6 operators' },
    ],
  });
}

/** The program, a column a token: the key, and under it what the accumulator then holds. */
async function program(): Promise<{ readonly svg: string; readonly height: number }> {
  const agent = await openAgent(new Uint8Array(readFileSync(values.checkpoint)));
  const { steps } = agent.explain(values.problem);
  const lines = steps.map(({ after, token }) => {
    const shown = new Map(after);
    const stack = shown.get('stack');
    const memory = stack === undefined || stack === '–' ? '' : `, kept: ${stack}`;
    return { symbol: token, text: `${shown.get('accumulator') ?? ''}${memory}` };
  });
  const rows = Math.ceil(lines.length / 2);
  const cells = lines.map(({ symbol, text }, i) => {
    const x = 24 + Math.floor(i / rows) * (WIDTH / 2);
    const y = TOP + (i % rows) * LINE;
    return (
      `<text x="${x}" y="${y}" font-weight="600" fill="#0072b2">${xml(symbol)}</text>` +
      `<text x="${x + 52}" y="${y}" fill="#33383f">${xml(text)}</text>`
    );
  });
  const heading =
    `<text x="24" y="34" font-size="19" font-weight="600" fill="#1b1f24">${xml(values.problem)}</text>` +
    `<text x="24" y="60" font-family="system-ui, sans-serif" fill="#5a6470">the program that the agent wrote for it, ` +
    `before it saw any result; beside each key what the calculator then holds</text>`;
  const height = TOP + rows * LINE + 16;
  return { svg: `<g font-family="ui-monospace, monospace" font-size="13">${heading}${cells.join('')}</g>`, height };
}

const { height, svg } = await program();
const whole =
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height + CHART.height}" ` +
  `viewBox="0 0 ${WIDTH} ${height + CHART.height}"><rect width="100%" height="100%" fill="#ffffff"/>${svg}` +
  `<g transform="translate(0 ${height})">${chart()}</g></svg>\n`;
writeFileSync(values.out, whole);
