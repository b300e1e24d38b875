// What the agent thought of each token of the program, and its states below.

import type { ComponentChildren } from 'preact';
import { percent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import type { Column } from './align.ts';
import type { Line } from './Score.tsx';
import { ScoreGrid } from './ScoreGrid.tsx';

interface ThoughtsProps {
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
  /** The column of the present moment; their number at the end. */
  readonly at: number;
  /** Below the numbers: row `lines.length + 1`. */
  readonly children: ComponentChildren;
}

export function Thoughts({ at, children, columns, lines }: ThoughtsProps) {
  return (
    <ScoreGrid
      kind="thoughts"
      label="What the agent thought of each token, and its states"
      columns={columns.length}
      at={at}
      rows={lines.length + 1}
    >
      {lines.map((line, row) => (
        <Numbers line={line} columns={columns} row={row + 1} named={lines.length > 1} />
      ))}
      {children}
    </ScoreGrid>
  );
}

interface NumbersProps {
  readonly line: Line;
  readonly columns: readonly Column[];
  readonly row: number;
  readonly named: boolean;
}

/** The tokens above say the same to those who do not see it. */
function Numbers({ columns, line, named, row }: NumbersProps) {
  const { steps } = line.shown.run;
  return (
    <>
      <div class="score-label small" style={{ gridRow: row }}>
        {named && <b>{line.name}</b>}
        <span class="muted">
          <Term of="probability">probability</Term>
        </span>
        <span class="muted">
          <Term of="value">value</Term>
        </span>
      </div>
      {columns.map((column, place) => {
        const step = steps[line.indexIn(column) ?? -1];
        return (
          <div class="score-numbers number" aria-hidden="true" style={{ gridColumn: place + 2, gridRow: row }}>
            {step && (
              <>
                <span>{percent(step.probability)}</span>
                <span>{step.value.toFixed(2)}</span>
              </>
            )}
          </div>
        );
      })}
    </>
  );
}
