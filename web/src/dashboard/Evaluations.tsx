// How a run did in its evaluations, level by level, and on the test problems at its end.

import { useSignal } from '@preact/signals';
import { configure, type RunDetail, type Task, type TrainInput } from 'innerloop';
import { useEffect, useMemo } from 'preact/hooks';
import { Chart, type ChartSeries } from '../ui/chart/Chart.tsx';
import { seriesColour } from '../ui/colours.ts';
import { levelName, tagOf, titleOf } from '../ui/levels.ts';
import { BY_STRUCTURE, count, percent, wholePercent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { pointsOf } from './measures.ts';
import './tables.css';

/** Absent where this version of the library does not know the task or its options. */
function taskOf(config: unknown): Task | undefined {
  try {
    return configure(config as TrainInput).task;
  } catch {
    return undefined;
  }
}

interface Score {
  readonly solved?: number;
  readonly problems?: number;
  readonly interval?: { readonly low?: number; readonly high?: number };
  readonly tokens?: number;
}

interface Line {
  readonly update: number;
  readonly levels: readonly Score[];
}

/** Rows of the history; the curve has all. */
const ROWS = 12;

export function Evaluations({ detail }: { detail: RunDetail }) {
  const task = useMemo(() => taskOf(detail.config), [JSON.stringify(detail.config)]);
  const names = task?.levels.map(({ name }) => name) ?? [];
  const lines = detail.evaluations as readonly Line[];
  const final = Array.isArray(detail.outcome?.levels) ? (detail.outcome.levels as readonly Score[]) : [];
  const levels = Math.max(final.length, lines.at(-1)?.levels.length ?? 0);
  return (
    <section class="panel runs-evaluations" aria-labelledby="evaluations-title">
      <h3 id="evaluations-title">
        <Term of="evaluation">Evaluations</Term>
      </h3>
      {lines.length > 1 && <Curve detail={detail} levels={levels} names={names} />}
      {final.length > 0 && <Final names={names} scores={final} byStructure={task?.study !== undefined} />}
      {lines.length > 0 ? (
        <History lines={lines} names={names} levels={levels} total={detail.evaluationsTotal} />
      ) : (
        <p class="small muted">There has been none yet.</p>
      )}
    </section>
  );
}

function Curve({ detail, levels, names }: { detail: RunDetail; levels: number; names: readonly string[] }) {
  const present = useSignal(detail);
  useEffect(() => {
    present.value = detail;
  }, [detail]);
  const series = Array.from({ length: levels }, (_, level): ChartSeries => {
    return { label: levelName(names, level), colour: seriesColour(level), tag: tagOf(names, level) };
  });
  return (
    <Chart
      title="Solved in evaluations, by level"
      series={series}
      data={() => {
        const loaded = { detail: present.peek() };
        const { x } = pointsOf(loaded, 'evaluated');
        return { x, y: series.map((_, level) => pointsOf(loaded, `evaluated.${level}`).y) };
      }}
      version={present}
      height={200}
      range={[0, 1]}
      format={percent}
      axis={wholePercent}
    />
  );
}

interface FinalProps {
  readonly names: readonly string[];
  readonly scores: readonly Score[];
  /** Problems come in kin, of which the intervals are. */
  readonly byStructure: boolean;
}

function Final({ byStructure, names, scores }: FinalProps) {
  const { problems } = scores[0]!;
  return (
    <div class="table-frame">
      <table class="runs-table number">
        <caption class="small muted">
          At the end{problems === undefined ? '' : `, on ${count(problems)} fresh problems a level`}
          {byStructure && `. ${BY_STRUCTURE}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Term of="level">Level</Term>
            </th>
            <th scope="col">
              <Term of="solved">Solved</Term>
            </th>
            <th scope="col">
              95 % <Term of="interval">interval</Term>
            </th>
            <th scope="col">
              <Term of="programLength">Tokens</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {scores.map(({ interval, solved, tokens }, level) => (
            <tr key={level}>
              <th scope="row">{titleOf(names, level)}</th>
              <td>
                <b>{percent(solved)}</b>
              </td>
              <td>{interval ? `${percent(interval.low)} to ${percent(interval.high)}` : '–'}</td>
              <td>{tokens?.toFixed(2) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HistoryProps {
  readonly lines: readonly Line[];
  readonly names: readonly string[];
  readonly levels: number;
  readonly total: number;
}

function History({ levels, lines, names, total }: HistoryProps) {
  const last = lines.slice(-ROWS).reverse();
  return (
    <details class="runs-history">
      <summary class="small">
        {total > ROWS
          ? `The last ${ROWS} of ${count(total)} evaluations`
          : `${total} ${total === 1 ? 'evaluation' : 'evaluations'}`}
      </summary>
      <div class="table-frame">
        <table class="runs-table number">
          <thead>
            <tr>
              <th scope="col">
                <Term of="update">Update</Term>
              </th>
              {Array.from({ length: levels }, (_, level) => (
                <th scope="col" key={level}>
                  {titleOf(names, level)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {last.map(({ levels: scores, update }) => (
              <tr key={update}>
                <th scope="row">{count(update)}</th>
                {Array.from({ length: levels }, (_, level) => (
                  <td key={level}>{percent(scores[level]?.solved)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
