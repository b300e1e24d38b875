// The agent's state over time: a column for each token, a row for each number of the state.

import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Shown } from '../engine/playing.ts';
import { survey } from '../state/stage.ts';
import { colour, themeVersion } from '../ui/colours.ts';
import { drawNever, drawSoon } from '../ui/frames.ts';
import { Term } from '../ui/Term.tsx';
import type { Column } from './align.ts';
import './heatMap.css';

interface HeatMapProps {
  readonly shown: Shown;
  readonly columns: readonly Column[];
  readonly indexIn: (column: Column) => number | undefined;
  /** What is taken from it: shown is then the difference. */
  readonly less?: { readonly shown: Shown; readonly indexIn: (column: Column) => number | undefined } | undefined;
  readonly row: number;
  readonly onPick: (index: number) => void;
}

const HEIGHT = 112;

export function HeatMap({ columns, indexIn, less, onPick, row, shown }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ columns, indexIn, less, shown });
  latest.current = { columns, indexIn, less, shown };
  useEffect(() => {
    const element = canvas.current!;
    const redraw = (): void => draw(element, latest.current, survey.peek()?.projection.order);
    const wanted = (): void => drawSoon(redraw);
    const stop = effect(() => {
      themeVersion.value;
      survey.value;
      wanted();
    });
    const sized = new ResizeObserver(wanted);
    sized.observe(element);
    return () => {
      stop();
      sized.disconnect();
      drawNever(redraw);
    };
  }, [shown, less?.shown, columns]);
  const hidden = shown.run.initial.length;
  const what = less ? 'What became of the state: touched less left alone' : 'State';
  return (
    <>
      <div class="score-label small" style={{ gridRow: row }}>
        <b>
          <Term of="hiddenState">{less ? 'state, difference' : 'state'}</Term>
        </b>
        <span class="muted number">{hidden} numbers</span>
        <span class="scale" aria-hidden="true">
          − <span class="scale-bar" /> +
        </span>
      </div>
      <canvas
        class="heat-map"
        ref={canvas}
        role="img"
        aria-label={`${what}: ${hidden} numbers at each of ${shown.run.steps.length} tokens. ${wordsOf(shown, less?.shown)}`}
        style={{ gridColumn: `2 / span ${columns.length}`, gridRow: row, height: `${HEIGHT}px` }}
        onClick={({ currentTarget, offsetX }) => {
          const column = columns[Math.floor((offsetX / currentTarget.clientWidth) * columns.length)];
          const index = column && indexIn(column);
          if (index !== undefined) onPick(index);
        }}
      />
    </>
  );
}

/** Where the state changes most: the picture in a sentence. */
function wordsOf({ run: { steps } }: Shown, less: Shown | undefined): string {
  const sizes = steps.map(({ state }, i) => distance(state, less ? less.run.steps[i]?.state : steps[i - 1]?.state));
  const most = sizes.indexOf(Math.max(...sizes));
  const step = steps[most];
  if (!step) return '';
  return less
    ? `They differ most when token ${most + 1}, ${step.token}, is chosen.`
    : `It changes most before token ${most + 1}, ${step.token}.`;
}

function distance(a: Float32Array, b: Float32Array | undefined): number {
  if (!b) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

type Drawn = Pick<HeatMapProps, 'columns' | 'indexIn' | 'less' | 'shown'>;

function draw(
  canvas: HTMLCanvasElement,
  { columns, indexIn, less, shown }: Drawn,
  order: Uint16Array | undefined,
): void {
  const { steps, initial } = shown.run;
  const [width, height] = [columns.length, initial.length];
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0 || canvas.clientWidth === 0) return;
  const columnsOf = columns.map((column): Float32Array | undefined => {
    const index = indexIn(column);
    const state = index === undefined ? undefined : steps[index]?.state;
    if (!less || !state) return state;
    const from = less.indexIn(column);
    const other = from === undefined ? undefined : less.shown.run.steps[from]?.state;
    return other && state.map((x, i) => x - other[i]!);
  });
  let most = 1e-6;
  for (const state of columnsOf) for (const x of state ?? []) most = Math.max(most, Math.abs(x));
  const [zero, low, high] = ['--surface', '--series-0', '--series-1'].map((name) => channels(colour(name)));
  const image = new ImageData(width, height);
  for (const [x, state] of columnsOf.entries()) {
    if (!state) continue;
    for (let y = 0; y < height; y++) {
      const value = state[order?.length === height ? order[y]! : y]! / most;
      const end = value < 0 ? low! : high!;
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) image.data[at + c] = zero![c]! + (end[c]! - zero![c]!) * Math.abs(value);
      image.data[at + 3] = 255;
    }
  }
  const ratio = devicePixelRatio;
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(canvas.clientHeight * ratio);
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
}

/** `#0072b2`, or `#fff` as builds shorten it, as red, green and blue. */
function channels(hex: string): number[] {
  const digits = hex.length < 7 ? [...hex.slice(1)].flatMap((digit) => [digit, digit]).join('') : hex.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}
