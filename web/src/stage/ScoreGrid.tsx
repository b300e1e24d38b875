// Columns of time: what stands in them scrolls sideways together, wherever on the page it is.

import { effect, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './score.css';

const LEAST_WIDTH = 58;
const MOST_WIDTH = 112;
const GAP = 2;
const END_WIDTH = 72;

/** How far all grids are scrolled. */
const scrolled = signal(0);

interface GridProps {
  /** `score` for the program itself. */
  readonly kind: 'score' | 'thoughts';
  readonly label: string;
  readonly columns: number;
  /** The column of the present moment; their number at the end. */
  readonly at: number;
  readonly rows: number;
  readonly children: ComponentChildren;
}

export function ScoreGrid({ at, children, columns, kind, label, rows }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = scroller.current!;
    const scroll = (): void => {
      scrolled.value = box.scrollLeft;
    };
    box.addEventListener('scroll', scroll, { passive: true });
    const stop = effect(() => {
      if (Math.abs(box.scrollLeft - scrolled.value) >= 1) box.scrollLeft = scrolled.value;
    });
    return () => {
      stop();
      box.removeEventListener('scroll', scroll);
    };
  }, []);
  useEffect(() => {
    const box = scroller.current!;
    const sized = new ResizeObserver(() => bringInSight(box));
    sized.observe(box);
    bringInSight(box);
    return () => sized.disconnect();
  }, [at, columns]);
  return (
    // Wide programs scroll, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section class="score-scroll" ref={scroller} tabIndex={0} aria-label={label}>
      <div
        class={`score-grid ${kind}`}
        style={{
          minWidth: `calc(var(--gutter) + ${columns * (LEAST_WIDTH + GAP) + END_WIDTH}px)`,
          gridTemplateColumns: `var(--gutter) repeat(${columns}, minmax(${LEAST_WIDTH}px, ${MOST_WIDTH}px)) minmax(${END_WIDTH}px, ${MOST_WIDTH}px)`,
        }}
      >
        <div class="score-now" aria-hidden="true" style={{ gridColumn: at + 2, gridRow: `1 / span ${rows}` }} />
        {children}
      </div>
    </section>
  );
}

/** The present column stays in sight; the page itself does not move. */
function bringInSight(box: HTMLElement): void {
  const now = box.querySelector<HTMLElement>('.score-now');
  if (!now) return;
  const gutter = box.querySelector<HTMLElement>('.score-label')?.offsetWidth ?? 0;
  const left = now.offsetLeft - gutter;
  if (left < box.scrollLeft || left + now.offsetWidth > box.scrollLeft + box.clientWidth - gutter) {
    box.scrollTo({ left: left - box.clientWidth / 3 });
  }
}
