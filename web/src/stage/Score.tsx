// The program as a score: tokens in columns of time, each with how sure the agent was of it.

import type { AgentFacts, Drawn, Shown } from '../engine/playing.ts';
import { percent } from '../ui/numbers.ts';
import type { Column } from './align.ts';
import { dropTarget } from './carried.ts';
import { Verdict } from './Problems.tsx';
import { ScoreGrid } from './ScoreGrid.tsx';

export interface Line {
  readonly name: string;
  readonly shown: Shown;
  /** Tokens taken at the present moment. */
  readonly at: number;
  /** Which of its tokens stands in a column. */
  readonly indexIn: (column: Column) => number | undefined;
  /** Whether what differs from the other line is marked. */
  readonly marked: boolean;
  /** Where a click leads; nothing for a line that only follows. */
  readonly onPick?: (index: number) => void;
  /** Where a problem may be dropped, for its state to be put there. */
  readonly onDropProblem?: (index: number, problem: Drawn) => void;
  /** What is done before a token, in words. */
  readonly doneAt?: (index: number) => readonly string[];
}

interface ScoreProps {
  readonly agent: AgentFacts;
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
  /** The column of the present moment; their number at the end. */
  readonly at: number;
}

export function Score({ agent, at, columns, lines }: ScoreProps) {
  return (
    <ScoreGrid kind="score" label="The program, token by token" columns={columns.length} at={at} rows={lines.length}>
      {lines.map((line, row) => (
        <LineRow agent={agent} at={at} columns={columns} line={line} row={row} />
      ))}
    </ScoreGrid>
  );
}

interface LineProps {
  readonly agent: AgentFacts;
  readonly at: number;
  readonly columns: readonly Column[];
  readonly line: Line;
  readonly row: number;
}

function LineRow({ agent, at, columns, line, row }: LineProps) {
  const { run } = line.shown;
  return (
    <>
      <div class="score-label small" style={{ gridRow: row + 1 }}>
        <b>{line.name}</b>
      </div>
      {columns.map((column, place) => {
        const index = line.indexIn(column);
        const style = { gridColumn: place + 2, gridRow: row + 1 };
        if (index === undefined) {
          return (
            <div class="score-gap" style={style}>
              <span aria-hidden="true">·</span>
              <span class="visually-hidden">no token here</span>
            </div>
          );
        }
        return <Cell agent={agent} changed={line.marked && !column.same} index={index} line={line} style={style} />;
      })}
      <div
        class="score-end"
        data-now={at >= columns.length}
        style={{ gridColumn: columns.length + 2, gridRow: row + 1 }}
      >
        {line.at >= run.steps.length ? <Verdict solved={run.solved} long /> : <span class="muted small">…</span>}
      </div>
    </>
  );
}

interface CellProps {
  readonly agent: AgentFacts;
  readonly changed: boolean;
  readonly index: number;
  readonly line: Line;
  readonly style: { readonly gridColumn: number; readonly gridRow: number };
}

function Cell({ agent, changed, index, line, style }: CellProps) {
  const { at, doneAt, name, onDropProblem, onPick, shown } = line;
  const { id, probability, token, value } = shown.run.steps[index]!;
  const moment = index < at ? 'done' : index === at ? 'now' : 'ahead';
  const done = doneAt?.(index) ?? [];
  return (
    <button
      type="button"
      class="score-cell"
      style={style}
      data-kind={agent.vocabulary[id]?.kind}
      data-moment={moment}
      data-now={moment === 'now'}
      data-changed={changed}
      aria-current={moment === 'now' ? 'step' : undefined}
      disabled={!onPick}
      onClick={() => onPick?.(index)}
      {...(onDropProblem && dropTarget((problem) => onDropProblem(index, problem)))}
    >
      <span class="visually-hidden">
        {name}, token {index + 1}:
      </span>
      {done.length > 0 && (
        <span class="score-done" title={done.join('; ')}>
          <span aria-hidden="true">✱</span>
          <span class="visually-hidden">{done.join('; ')}.</span>
        </span>
      )}
      {changed && (
        <span class="score-changed">
          <span aria-hidden="true">≠</span>
          <span class="visually-hidden">differs</span>
        </span>
      )}
      <span class="score-token token" data-spot={`token-${index}`}>
        {token}
      </span>
      <span class="score-bar">
        <span style={{ width: `${100 * probability}%` }} />
      </span>
      <span class="visually-hidden">
        {percent(probability)}, value {value.toFixed(2)}
      </span>
    </button>
  );
}
