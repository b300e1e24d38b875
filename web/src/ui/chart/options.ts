// How every chart of the page is made: quiet axes, no decoration, colours of the present theme.

import type uPlot from 'uplot';
import { colour } from '../colours.ts';
import type { ChartProps } from './Chart.tsx';

const FONT = '12px system-ui, sans-serif';

interface Hooks {
  readonly moved: (index: number | null) => void;
  readonly drawn: (u: uPlot) => void;
  readonly dragged: (from: number, to: number) => void;
}

export function optionsOf(props: { readonly current: ChartProps }, width: number, hooks: Hooks): uPlot.Options {
  const { height, onZoom, range, series, sync } = props.current;
  const axis: uPlot.Axis = {
    stroke: () => colour('--muted'),
    font: FONT,
    grid: { stroke: () => colour('--grid'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(width, 100),
    height,
    padding: [12, 34, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { x: onZoom !== undefined, y: false, setScale: false, dist: 5 },
      points: { size: 7 },
      ...(sync === undefined ? {} : { sync: { key: sync } }),
    },
    scales: {
      x: { time: false, range: (_, low, high) => [Math.max(0, Math.min(low, high - 10)) || 0, Math.max(high, 10)] },
      y: range ? { range: [range[0], range[1]] } : { range: (_, low, high) => comfortable(low, high) },
    },
    axes: [
      { ...axis, size: 28, gap: 4, space: 60 },
      {
        ...axis,
        size: 48,
        gap: 6,
        space: 36,
        values: (_, ticks) => ticks.map(props.current.axis ?? props.current.format),
      },
    ],
    series: [
      {},
      ...series.map((one, i): uPlot.Series => {
        const { alpha = 1, dash, edge, filled, width: stroke = 2 } = one;
        if (edge) return { label: one.label, auto: false, spanGaps: true, width: 0, points: { show: false } };
        return {
          label: one.label,
          stroke: () => colour(props.current.series[i]?.colour ?? one.colour),
          width: stroke,
          alpha,
          spanGaps: true,
          points: { show: false },
          ...(filled ? { fill: () => colour(props.current.series[i]?.colour ?? one.colour) } : {}),
          ...(dash ? { dash: [...dash] } : {}),
        };
      }),
    ],
    bands: series.flatMap(({ colour: name, edge }, i): uPlot.Band[] =>
      edge === 'high'
        ? [{ series: [i + 1, i + 2], fill: () => translucent(colour(props.current.series[i]?.colour ?? name)) }]
        : [],
    ),
    hooks: {
      setSelect: [
        (u) => {
          const { left, width: dragged } = u.select;
          if (dragged > 0) hooks.dragged(u.posToVal(left, 'x'), u.posToVal(left + dragged, 'x'));
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [
        (u) => hooks.moved(u.cursor.left !== undefined && u.cursor.left >= 0 ? (u.cursor.idx ?? null) : null),
      ],
      draw: [hooks.drawn],
    },
  };
}

/** From zero where that is near, and never a line squeezed flat. */
function comfortable(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const bottom = low >= 0 ? 0 : low * 1.1;
  const top = high > bottom ? high + (high - bottom) * 0.08 : bottom + 1;
  return [bottom, top];
}

/** @param hex `#rrggbb` */
const translucent = (hex: string): string => `${hex}2e`;
