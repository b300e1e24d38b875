// A problem of `routes` as a graph: priced links, the way taken so far, and the cheapest.

import { useSignal } from '@preact/signals';
import type { Problem } from 'innerloop';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Shown } from '../engine/playing.ts';
import { layOut, type Spot } from './graphLayout.ts';
import { stateAt } from './machineModel.ts';
import './routeGraph.css';

interface Link {
  readonly from: number;
  readonly to: number;
  readonly price: number;
  /** Quarters. */
  readonly risk: number;
}

interface RouteProblem extends Problem {
  readonly links: readonly Link[];
  readonly start: number;
  readonly goal: number;
}

export const isRoute = (problem: Problem): problem is RouteProblem =>
  'links' in problem && 'start' in problem && 'goal' in problem;

/** Phones get a picture of their own, whose letters are not made small. */
const SIZES = { wide: { width: 560, height: 340 }, narrow: { width: 340, height: 360 } };
const NARROW = 480;
const RADIUS = 17;
const PAD = 28;

const nameOf = (place: number): string => String.fromCharCode(65 + place);

interface GraphProps<P extends Problem> {
  /** Tokens that have been taken. */
  readonly at: number;
  readonly shown: Shown & { readonly problem: P };
}

/** Nothing of other tasks. */
export function RouteGraph({ at, shown }: GraphProps<Problem>) {
  const { problem } = shown;
  return isRoute(problem) ? <Graph at={at} shown={{ ...shown, problem }} /> : null;
}

function Graph({ at, shown }: GraphProps<RouteProblem>) {
  const { goal, links, start } = shown.problem;
  const figure = useRef<HTMLElement>(null);
  const narrow = useSignal(false);
  useLayoutEffect(() => {
    const measure = (): void => {
      narrow.value = figure.current!.clientWidth < NARROW;
    };
    measure();
    const sized = new ResizeObserver(measure);
    sized.observe(figure.current!);
    return () => sized.disconnect();
  }, []);
  const { height, width } = narrow.value ? SIZES.narrow : SIZES.wide;
  const spots = useMemo(() => {
    const laid = layOut(links, start, goal);
    const place = ({ x, y }: Spot): Spot => ({
      x: width / 2 + x * (width / 2 - PAD),
      y: height / 2 + y * (height / 2 - PAD),
    });
    return new Map([...laid].map(([name, spot]) => [name, place(spot)]));
  }, [shown.problem, width]);
  const taken = wayOf(shown, at);
  const cheapest = new Set(pairs([nameOf(start), ...(shown.reference ?? [])]));
  const here = placeAt(shown, at) ?? nameOf(start);
  const closed = (stateAt(shown, at).find(([label]) => label === 'closed')?.[1] ?? '').split(' ');
  const words = `From ${nameOf(start)} to ${nameOf(goal)}. Now at ${here}. Way taken: ${[nameOf(start), ...taken.map(([, to]) => to)].join(', ')}. Cheapest: ${[nameOf(start), ...(shown.reference ?? [])].join(', ')}.`;
  const walked = new Set(taken.map(([from, to]) => `${from}>${to}`));
  return (
    <figure class="graph" ref={figure}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        {links.map((link) => {
          const name = `${nameOf(link.from)}>${nameOf(link.to)}`;
          return (
            <Edge
              link={link}
              from={spots.get(link.from)!}
              to={spots.get(link.to)!}
              curved={links.some(({ from, to }) => from === link.to && to === link.from)}
              cheapest={cheapest.has(name)}
              taken={walked.has(name)}
              closed={closed.includes(name)}
            />
          );
        })}
        {[...spots].map(([place, { x, y }]) => (
          <g
            class="place"
            transform={`translate(${x} ${y})`}
            data-here={nameOf(place) === here}
            data-end={place === start || place === goal}
          >
            <circle r={RADIUS} />
            {place === goal && <circle class="goal-ring" r={RADIUS - 4} />}
            <text class="token" dy="0.36em">
              {nameOf(place)}
            </text>
          </g>
        ))}
      </svg>
      <figcaption class="legend small">
        <span>
          <i class="key" data-kind="taken" /> way taken
        </span>
        <span>
          <i class="key" data-kind="cheapest" /> cheapest:{' '}
          <code>{[nameOf(start), ...(shown.reference ?? [])].join(' ')}</code>
        </span>
        <span>double ring: the goal; filled: where it stands</span>
      </figcaption>
    </figure>
  );
}

const pairs = (way: readonly string[]): string[] => way.slice(1).map((to, i) => `${way[i]}>${to}`);

const placeAt = (shown: Shown, at: number): string | undefined =>
  stateAt(shown, at).find(([label]) => label === 'place')?.[1];

/** Links gone along by the first `at` tokens. */
function wayOf(shown: Shown, at: number): [from: string, to: string][] {
  return shown.run.steps.slice(0, at).flatMap(({ after, before }): [string, string][] => {
    const [from, to] = [before, after].map((state) => state.find(([label]) => label === 'place')?.[1]);
    return from !== undefined && to !== undefined && from !== to ? [[from, to]] : [];
  });
}

interface EdgeProps {
  readonly link: Link;
  readonly from: Spot;
  readonly to: Spot;
  /** Whether there is one in the other direction as well. */
  readonly curved: boolean;
  readonly cheapest: boolean;
  readonly taken: boolean;
  readonly closed: boolean;
}

function Edge({ cheapest, closed, curved, from, link, taken, to }: EdgeProps) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const bend = curved ? 22 : 8;
  const middle = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  const toward = (spot: Spot, by: number): Spot => {
    const away = Math.hypot(middle.x - spot.x, middle.y - spot.y);
    return { x: spot.x + ((middle.x - spot.x) / away) * by, y: spot.y + ((middle.y - spot.y) / away) * by };
  };
  const [a, b] = [toward(from, RADIUS + 1), toward(to, RADIUS + 7)];
  const angle = (Math.atan2(to.y - middle.y, to.x - middle.x) * 180) / Math.PI;
  const path = `M${a.x} ${a.y}Q${middle.x} ${middle.y} ${b.x} ${b.y}`;
  // A third of the way, where links that meet are apart.
  const label = { x: 0.42 * from.x + 0.16 * middle.x + 0.42 * to.x, y: 0.42 * from.y + 0.16 * middle.y + 0.42 * to.y };
  label.x += (middle.x - label.x) * 0.4;
  label.y += (middle.y - label.y) * 0.4;
  return (
    <g class="edge" data-taken={taken} data-cheapest={cheapest} data-closed={closed}>
      {cheapest && <path class="edge-cheapest" d={path} />}
      <path class="edge-line" d={path} />
      <path
        class="edge-head"
        d="M0 0L-9 4.5V-4.5Z"
        transform={`translate(${toward(to, RADIUS).x} ${toward(to, RADIUS).y}) rotate(${angle})`}
      />
      <text class="edge-price" x={label.x} y={label.y} dy="0.36em">
        {link.price}
        {link.risk > 0 ? ` · ${25 * link.risk}%` : ''}
        {closed ? ' ✗' : ''}
      </text>
    </g>
  );
}
