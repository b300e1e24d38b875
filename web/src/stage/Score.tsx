// The program as a score: tokens in columns of time, with what the agent thought of each, and its states below.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentFacts, Drawn, Shown } from '../engine/playing.ts';
import { percent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import type { Column } from './align.ts';
import { dropTarget } from './carried.ts';
import { Verdict } from './Problems.tsx';
import './score.css';

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
  readonly children?: ComponentChildren;
}

const LEAST_WIDTH = 58;
const MOST_WIDTH = 112;
const GAP = 2;
const END_WIDTH = 72;

export function Score({ agent, at, children, columns, lines }: ScoreProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = scroller.current!;
    const sized = new ResizeObserver(() => bringInSight(box));
    sized.observe(box);
    bringInSight(box);
    return () => sized.disconnect();
  }, [at, columns.length]);
  return (
    // Wide programs scroll, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section class="score-scroll" ref={scroller} tabIndex={0} aria-label="The program, token by token">
      <div
        class="score"
        style={{
          minWidth: `calc(var(--gutter) + ${columns.length * (LEAST_WIDTH + GAP) + END_WIDTH}px)`,
          gridTemplateColumns: `var(--gutter) repeat(${columns.length}, minmax(${LEAST_WIDTH}px, ${MOST_WIDTH}px)) minmax(${END_WIDTH}px, 1fr)`,
        }}
      >
        <div
          class="score-now"
          aria-hidden="true"
          style={{ gridColumn: at + 2, gridRow: `1 / span ${lines.length + 1}` }}
        />
        {lines.map((line, row) => (
          <LineRow agent={agent} at={at} columns={columns} line={line} row={row} />
        ))}
        {children}
      </div>
    </section>
  );
}

/** The present column stays in sight; the page itself does not move. */
function bringInSight(box: HTMLElement): void {
  const now = box.querySelector<HTMLElement>('[data-now="true"]');
  if (!now) return;
  const gutter = box.querySelector<HTMLElement>('.score-label')?.offsetWidth ?? 0;
  const left = now.offsetLeft - gutter;
  if (left < box.scrollLeft || left + now.offsetWidth > box.scrollLeft + box.clientWidth - gutter) {
    box.scrollTo({ left: left - box.clientWidth / 3 });
  }
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
        <span class="muted">
          <Term of="probability">probability</Term>
        </span>
        <span class="muted">
          <Term of="value">value</Term>
        </span>
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
      <span class="score-number number">{percent(probability)}</span>
      <span class="score-number number">
        <span class="visually-hidden">value </span>
        {value.toFixed(2)}
      </span>
    </button>
  );
}
