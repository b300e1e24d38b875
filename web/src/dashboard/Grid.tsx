// The list: a grid of which only the rows on view are there, so that ten thousand scroll like ten. It has the focus
// and hears the keys for all of its cells (`aria-activedescendant`); a table's own elements could not be placed freely.

// biome-ignore-all lint/a11y/useSemanticElements: see above
// biome-ignore-all lint/a11y/useFocusableInteractive: see above
// biome-ignore-all lint/a11y/useKeyWithClickEvents: see above

import { signal, useSignal } from '@preact/signals';
import type { RunSummary } from 'innerloop';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useExplanation } from '../ui/explanation.tsx';
import type { TermName } from '../ui/glossary.ts';
import { COLUMNS } from './columns.tsx';
import { current, currentIndex, mark, press } from './cursor.ts';
import { found } from './found.ts';
import { query, type SortName, sortBy } from './query.ts';
import { StatusMark } from './StatusMark.tsx';
import { isSelected, opened, openRun, pane } from './selection.ts';

/** As in grid.css. */
const ROW = { wide: 40, narrow: 64 };
const NARROW = '(width < 720px)';
/** Rows beyond each edge that are kept ready. */
const SPARE = 6;

const narrow = signal(matchMedia(NARROW).matches);
matchMedia(NARROW).addEventListener('change', ({ matches }) => {
  narrow.value = matches;
});

export function Grid() {
  const frame = useRef<HTMLDivElement>(null);
  const header = useRef<HTMLDivElement>(null);
  const scrolled = useSignal(0);
  const height = useSignal(600);
  const { runs } = found.value;
  const row = narrow.value ? ROW.narrow : ROW.wide;
  const first = Math.max(0, Math.floor(scrolled.value / row) - SPARE);
  const last = Math.min(runs.length, Math.ceil((scrolled.value + height.value) / row) + SPARE);
  const slots = Math.ceil(height.value / row) + 2 * SPARE + 1;
  const cursor = currentIndex.value;

  useEffect(() => {
    const element = frame.current!;
    const sized = new ResizeObserver(() => {
      height.value = element.clientHeight;
    });
    sized.observe(element);
    return () => sized.disconnect();
  }, [height]);

  // The keyboard takes the view with it; the pointer does not.
  const followed = useRef(current.peek());
  useLayoutEffect(() => {
    const element = frame.current!;
    if (current.value === undefined || current.value === followed.current) return;
    followed.current = current.value;
    const head = header.current!.offsetHeight;
    const [top, bottom] = [cursor * row, (cursor + 1) * row];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight - head) {
      element.scrollTop = bottom - element.clientHeight + head;
    }
  }, [current.value, cursor, row]);

  return (
    <div
      class="runs-grid"
      ref={frame}
      role="grid"
      tabIndex={0}
      aria-label="Runs"
      aria-multiselectable="true"
      aria-rowcount={runs.length + 1}
      aria-colcount={COLUMNS.length + 1}
      aria-activedescendant={runs.length > 0 ? `run-${cursor}` : undefined}
      onScroll={({ currentTarget }) => {
        scrolled.value = currentTarget.scrollTop;
      }}
      onKeyDown={(event) => {
        const page = Math.max(1, Math.floor(height.value / row) - 2);
        if (event.target === event.currentTarget && press(event, page)) event.preventDefault();
      }}
    >
      <div role="rowgroup" class="runs-head" ref={header}>
        <div role="row" aria-rowindex={1} class="runs-row">
          <div role="columnheader" aria-colindex={1} class="runs-check">
            <span class="visually-hidden">Selected</span>
          </div>
          {COLUMNS.map((column, i) => (
            <Heading key={column.name} index={i} />
          ))}
        </div>
      </div>
      <div role="rowgroup" class="runs-body" style={{ height: `${runs.length * row}px` }}>
        {runs.slice(first, last).map((run, i) => (
          <Row
            // Elements go round: a row that comes into view takes over those of one that has left it.
            key={(first + i) % slots}
            run={run}
            index={first + i}
            top={(first + i) * row}
            isCurrent={first + i === cursor}
            isSelected={isSelected.value.has(run.name)}
            isOpen={pane.value === 'run' && opened.value === run.name}
          />
        ))}
      </div>
    </div>
  );
}

function Heading({ index }: { index: number }) {
  const { isNumber, name, term, title } = COLUMNS[index]!;
  const { by, descending } = query.value.sort;
  const sorted = by === name ? (descending ? 'descending' : 'ascending') : undefined;
  const text = (
    <>
      {title}
      {sorted && <span aria-hidden="true">{descending ? '↓' : '↑'}</span>}
    </>
  );
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted}
      class="runs-cell"
      data-column={name}
      data-number={isNumber}
    >
      {term ? (
        <ExplainedSort name={name} term={term}>
          {text}
        </ExplainedSort>
      ) : (
        <button type="button" class="runs-sort" onClick={() => sortBy(name)}>
          {text}
        </button>
      )}
    </div>
  );
}

interface ExplainedSortProps {
  readonly children: ComponentChildren;
  readonly name: SortName;
  readonly term: TermName;
}

function ExplainedSort({ children, name, term }: ExplainedSortProps) {
  const { attributes, box } = useExplanation(term);
  return (
    <>
      <button type="button" class="runs-sort" onClick={() => sortBy(name)} {...attributes}>
        {children}
      </button>
      {box}
    </>
  );
}

interface RowProps {
  readonly run: RunSummary;
  readonly index: number;
  readonly top: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
}

function Row({ index, isCurrent, isOpen, isSelected: chosen, run, top }: RowProps) {
  const malformed = run.status === 'malformed';
  return (
    <div
      role="row"
      id={`run-${index}`}
      class="runs-row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-current={isCurrent}
      data-open={isOpen}
      data-status={run.status}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        current.value = run.name;
        openRun(run.name);
      }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        class="runs-check"
        onClick={(event) => {
          event.stopPropagation();
          mark(run.name, event.shiftKey);
        }}
      >
        <span class="runs-box" data-checked={chosen} aria-hidden="true" />
      </div>
      {malformed ? (
        <Malformed run={run} />
      ) : (
        COLUMNS.map(({ cell, isNumber, name }, i) => (
          <div
            role="gridcell"
            key={name}
            aria-colindex={i + 2}
            class="runs-cell"
            data-column={name}
            data-number={isNumber}
          >
            {cell(run)}
          </div>
        ))
      )}
    </div>
  );
}

/** What is wrong takes the place of what is not known. */
function Malformed({ run }: { run: RunSummary }) {
  return (
    <>
      <div role="gridcell" aria-colindex={2} class="runs-cell" data-column="name">
        {COLUMNS[0]!.cell(run)}
      </div>
      <div role="gridcell" aria-colindex={3} aria-colspan={COLUMNS.length - 1} class="runs-reason" title={run.reason}>
        <span class="runs-status" data-status="malformed">
          <StatusMark status="malformed" />
          malformed
        </span>
        <span class="muted">{run.reason}</span>
      </div>
    </>
  );
}
