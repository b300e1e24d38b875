// States of all episodes on view in two dimensions, coloured by what is being computed, with the way of the program that
// is looked at drawn through them.

import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import { facetsOf, NOTHING } from '../engine/facets.ts';
import type { AgentFacts, Facet, Shown, Survey } from '../engine/playing.ts';
import { placeOf } from '../engine/principal.ts';
import { choose, survey } from '../state/stage.ts';
import { percent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { PointCloud } from './PointCloud.tsx';
import { fillOf, shapeOf } from './shapes.ts';
import { scrub } from './Transport.tsx';
import { titleOf } from './titles.ts';
import './projection.css';

interface PlotProps {
  readonly agent: AgentFacts;
  /** Ways through the plane; the last one is the one that is looked at. */
  readonly ways: readonly { readonly name: string; readonly shown: Shown; readonly at: number }[];
}

const WIDTH = 480;
const HEIGHT = 320;
const MARGIN = 24;

/** Of programs longer than this only what is near the present moment is drawn. */
const WHOLE_WAY = 16;
const NEAR = 4;

const near = (i: number, at: number, length: number): boolean => length <= WHOLE_WAY || Math.abs(i - at) <= NEAR;

type Place = readonly [number, number];

export function ProjectionPlot({ agent, ways }: PlotProps) {
  const shown = survey.value;
  if (!shown || shown.projection.mean.length !== ways[0]?.shown.run.initial.length) {
    return <p class="muted small">States of other problems are on their way …</p>;
  }
  return <Plot agent={agent} ways={ways} shown={shown} />;
}

function Plot({ agent, shown, ways }: PlotProps & { readonly shown: Survey }) {
  const chosen = useSignal('');
  const field = useId();
  const facet =
    shown.facets.find(({ name }) => name === chosen.value) ??
    shown.facets.find(({ name }) => name === 'pending') ??
    shown.facets[0];
  const { projection, scale } = useMemo(() => {
    const projection = ways.map((way) => way.shown.run.steps.map(({ state }) => placeOf(state, shown.projection)));
    return { projection, scale: scaleOf(shown, projection.flat()) };
  }, [shown, ...[0, 1].map((way) => ways[way]?.shown)]);
  const placed = ways.map((way, i) => ({ ...way, places: projection[i]! }));
  const { explained } = shown.projection;
  return (
    <section class="projection" aria-label="States in two dimensions">
      <div class="projection-head">
        <h3>
          <Term of="projection">States in two dimensions</Term>{' '}
          <span class="muted">
            {percent(explained[0] + explained[1])} of what differs in {shown.episodes.length} episodes
          </span>
        </h3>
        {shown.facets.length > 0 && (
          <div class="projection-by small">
            <label for={field}>by</label>
            <select
              id={field}
              class="input"
              value={facet?.name}
              onChange={({ currentTarget }) => {
                chosen.value = currentTarget.value;
              }}
            >
              {shown.facets.map(({ name }) => (
                <option value={name} selected={name === facet?.name}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <div class="plane">
        <PointCloud shown={shown} facet={facet} scale={scale} width={WIDTH} onPick={(point) => look(shown, point)} />
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`${shown.step.length} states, coloured by ${facet?.name ?? 'nothing'}; the same stands in the table below.`}
        >
          {placed.map(({ at, places, shown: { run } }, way) => (
            <g class="way" data-main={way === placed.length - 1}>
              <polyline
                points={places
                  .filter((_, i) => near(i, at, places.length))
                  .map((place) => scale(place).join(','))
                  .join(' ')}
              />
              {places.map((place, i) => {
                if (!near(i, at, places.length)) return null;
                const [x, y] = scale(place);
                const category = facet
                  ? facet.values.indexOf(facetsOf(run.steps[i]!, agent.vocabulary).get(facet.name) ?? '')
                  : -1;
                return (
                  <g transform={`translate(${x} ${y})`} data-now={i === at}>
                    <path
                      class="way-mark"
                      d={shapeOf(Math.max(0, category))}
                      style={{ fill: category < 0 ? 'var(--muted)' : fillOf(category) }}
                      transform="scale(1.5)"
                    />
                    {way === placed.length - 1 && (
                      <text x="9" y="-7">
                        {i + 1}
                      </text>
                    )}
                  </g>
                );
              })}
            </g>
          ))}
        </svg>
      </div>
      {facet && (
        <ul class="legend small" aria-label={`Colours: ${facet.name}`}>
          {facet.values.map((value, category) => (
            <li>
              <svg viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">
                <path d={shapeOf(category)} style={{ fill: fillOf(category) }} />
              </svg>
              {value === NOTHING ? 'none' : <span class="token">{value}</span>}
            </li>
          ))}
          {placed.length > 1 && <li class="muted">solid: touched, dashed: left alone</li>}
        </ul>
      )}
      <Points shown={shown} facet={facet} />
    </section>
  );
}

function look({ episode, episodes, level, step }: Survey, i: number): void {
  choose({ level, index: episodes[episode[i]!]!.index });
  scrub(step[i]!);
}

/** The same points for the keyboard and for those who do not see them. */
function Points({ facet, shown }: { facet: Facet | undefined; shown: Survey }) {
  const open = useSignal(false);
  return (
    <details
      class="small"
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>All points as a table</summary>
      {open.value && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
        <section class="table-scroll" tabIndex={0} aria-label="All points">
          <table class="number">
            <thead>
              <tr>
                <th scope="col">problem</th>
                <th scope="col">token</th>
                {facet && <th scope="col">{facet.name}</th>}
                <th scope="col">first</th>
                <th scope="col">second</th>
              </tr>
            </thead>
            <tbody>
              {Array.from(shown.step, (step, i) => {
                const episode = shown.episodes[shown.episode[i]!]!;
                return (
                  <tr>
                    <th scope="row">
                      <button type="button" class="table-go" onClick={() => look(shown, i)}>
                        {titleOf(episode.problem)}
                      </button>
                    </th>
                    <td>
                      {step + 1} <code>{episode.program[step]}</code>
                    </td>
                    {facet && <td>{facet.values[facet.of[i]!]}</td>}
                    <td>{shown.places[2 * i]!.toFixed(2)}</td>
                    <td>{shown.places[2 * i + 1]!.toFixed(2)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

/** From the plane to the picture, each axis as far as it goes. */
function scaleOf({ places }: Survey, more: readonly Place[]): (place: Place) => Place {
  const axis = (which: 0 | 1, length: number): ((x: number) => number) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const take = (x: number): void => {
      low = Math.min(low, x);
      high = Math.max(high, x);
    };
    for (let i = which; i < places.length; i += 2) take(places[i]!);
    for (const place of more) take(place[which]);
    const span = high - low || 1;
    return (x) => MARGIN + ((x - low) / span) * (length - 2 * MARGIN);
  };
  const [x, y] = [axis(0, WIDTH), axis(1, HEIGHT)];
  return ([a, b]) => [Math.round(10 * x(a)) / 10, Math.round(10 * (HEIGHT - y(b))) / 10];
}
