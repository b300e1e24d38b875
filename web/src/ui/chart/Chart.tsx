// Curves over updates: one uPlot, drawn at most once a frame, with its values in words for those who do not see it. The
// arrow keys move through its points.

import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { themeVersion } from '../colours.ts';
import { drawNever, drawSoon } from '../frames.ts';
import './chart.css';
import { optionsOf } from './options.ts';
import { drawOver } from './overlays.ts';
import { place, readout, rowsOf, summary } from './words.ts';

export interface ChartSeries {
  readonly label: string;
  /** A custom property: `--series-0`. */
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Opacity of the line. */
  readonly alpha?: number;
  /** Fills down to the series before it. */
  readonly filled?: boolean;
  /** Two or three characters at the end of the line. */
  readonly tag?: string;
  /** Left out of words: a fainter double of another one. */
  readonly silent?: boolean;
  /** An edge of a band, filled between `high` and the `low` after it: no line, and the axis does not follow it. */
  readonly edge?: 'high' | 'low';
}

/** A level line that is known exactly. */
export interface ChartLine {
  readonly y: number;
  readonly label: string;
  readonly colour: string;
}

/** Something that happened at an update. */
export interface ChartMark {
  readonly x: number;
  readonly kind: 'warning' | 'note' | 'unlock';
  readonly label: string;
}

export interface ChartData {
  readonly x: readonly number[];
  /** One array for each series. */
  readonly y: readonly (readonly (number | null)[])[];
  /** What is said of the series, where the picture shows something else: shares that are drawn on top of each other. */
  readonly said?: readonly (readonly (number | null)[])[];
  /** Where the tags stand, if not at the ends of the lines. */
  readonly tagsAt?: readonly (number | null)[];
  readonly lines?: readonly ChartLine[];
  readonly marks?: readonly ChartMark[];
}

export interface ChartProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** Read at most once a frame, after `version` changed. */
  readonly data: () => ChartData;
  readonly version: ReadonlySignal<unknown>;
  readonly height: number;
  /** Fixed; else as the data asks. */
  readonly range?: readonly [low: number, high: number];
  readonly format: (value: number | null) => string;
  /** For the axis, where that is shorter. */
  readonly axis?: (value: number) => string;
  /** The update that all charts of a page point at together. */
  readonly sync?: string;
  /** What x counts. */
  readonly unit?: string;
  /** Told which part was dragged over, to show that part alone. */
  readonly onZoom?: (from: number, to: number) => void;
}

/** Words are for reading: they change less often than the picture. */
const WORDS_MILLISECONDS = 1000;

export function Chart(props: ChartProps) {
  const { format, height, series, title, unit = 'update', version } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const current = useRef<ChartData>({ x: [], y: [] });
  const cursor = useSignal<number | null>(null);
  const words = useSignal(0);
  const latest = useRef(props);
  latest.current = props;
  const shape = series.map(({ label }) => label).join('\n');

  // What a plot is made for: other series, another height.
  useEffect(() => {
    const element = host.current!;
    const options = optionsOf(latest, element.clientWidth, {
      moved: (index) => {
        cursor.value = index;
      },
      drawn: (u) => drawOver(u, latest.current, current.current),
      dragged: (from, to) => latest.current.onZoom?.(from, to),
    });
    const u = new uPlot(options, [[], ...latest.current.series.map(() => [])], element);
    plot.current = u;
    let said = 0;
    let saying: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      said = performance.now();
      saying = undefined;
      words.value++;
    };
    const draw = (): void => {
      const data = latest.current.data();
      // Already of other series: the plot that is made for them draws it.
      if (data.y.length !== u.series.length - 1) return;
      current.current = data;
      u.setData([data.x, ...data.y] as uPlot.AlignedData);
      // Later where something was said just now, so that the last values are said, too.
      saying ??= setTimeout(say, said + WORDS_MILLISECONDS - performance.now());
    };
    const wanted = (): void => {
      drawSoon(draw);
    };
    const stop = effect(() => {
      latest.current.version.value;
      wanted();
    });
    const restyle = effect(() => {
      themeVersion.value;
      wanted();
    });
    const sized = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientWidth !== u.width) u.setSize({ width: element.clientWidth, height });
    });
    sized.observe(element);
    return () => {
      stop();
      restyle();
      sized.disconnect();
      drawNever(draw);
      clearTimeout(saying);
      u.destroy();
      plot.current = undefined;
    };
  }, [shape, height, version]);

  const { x } = current.current;
  const at = cursor.value ?? x.length - 1;
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: 20,
      PageDown: -20,
      Home: -1e9,
      End: 1e9,
    };
    const step = steps[event.key];
    const u = plot.current;
    if (step === undefined || !u || current.current.x.length === 0) return;
    event.preventDefault();
    const { length } = current.current.x;
    const to = Math.max(0, Math.min(length - 1, (u.cursor.idx ?? length - 1) + step));
    const value = current.current.y.map((column) => column[to]).find((one) => one !== null && one !== undefined) ?? 0;
    u.setCursor({ left: u.valToPos(current.current.x[to]!, 'x'), top: u.valToPos(value, 'y') });
  };
  words.value;
  return (
    <figure class="chart" aria-label={title}>
      <div
        class="chart-plot"
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={`${title}: ${summary(series, current.current, format)}`}
        aria-valuemin={x[0] ?? 0}
        aria-valuemax={x[x.length - 1] ?? 0}
        aria-valuenow={x[at] ?? 0}
        aria-valuetext={
          x.length === 0 ? 'no data yet' : `${unit} ${place(x[at])}: ${readout(series, current.current, at, format)}`
        }
        style={{ height: `${height}px` }}
        onKeyDown={move}
      />
      {/* The last values where nobody points anywhere. */}
      <figcaption class="chart-readout small number">
        {x.length > 0 ? (
          <>
            <b>
              {unit} {place(x[at])}
            </b>{' '}
            {readout(series, current.current, at, format)}
          </>
        ) : null}
      </figcaption>
      <div class="visually-hidden">
        <table>
          <caption>{title}, in some of its points</caption>
          <thead>
            <tr>
              <th scope="col">{unit}</th>
              {series.map(({ label, silent }) => !silent && <th scope="col">{label}</th>)}
            </tr>
          </thead>
          <tbody>
            {rowsOf(series, current.current).map((row) => (
              <tr>
                <th scope="row">{place(x[row])}</th>
                {series.map(
                  ({ silent }, i) =>
                    !silent && <td>{format((current.current.said ?? current.current.y)[i]?.[row] ?? null)}</td>,
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
