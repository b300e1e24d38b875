// The curves of the selected runs over each other.

import { useSignal } from '@preact/signals';
import { Chart } from '../ui/chart/Chart.tsx';
import { count } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { apart, groups, members, setApart } from './groups.ts';
import { Legend } from './Legend.tsx';
import { damageOf, loadedOf, loading, version } from './loader.ts';
import { AXES, type Axis, axisOf, choices, formatOf, measure } from './measures.ts';
import { Nothing } from './Nothing.tsx';
import {
  charts,
  axis as over,
  overlayData,
  overlaySeries,
  overlayVersion,
  setAxis,
  setChart,
  setZoom,
  zoom,
} from './overlay.ts';
import { selected, selectedRuns } from './selection.ts';
import './curves.css';

const SYNC = 'runs';
const HEIGHT = { first: 280, other: 170 };

export function Curves() {
  if (selected.value.length === 0) return <Nothing />;
  return (
    <>
      <Troubles />
      {members.value.length === 0 ? (
        <p class="muted runs-waiting" role="status">
          {loading.value ? 'The curves are being read …' : 'None of the selected runs has curves.'}
        </p>
      ) : (
        <>
          <Legend />
          <Extent />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a short cut; the button does the same */}
          <div class="runs-charts" onDblClick={() => setZoom(undefined)}>
            {charts.value.map((key, i) => (
              <Overlay key={`${i} ${key} ${over.value}`} index={i} chosen={key} />
            ))}
          </div>
          <p class="small muted">{method()}</p>
        </>
      )}
    </>
  );
}

function Overlay({ chosen, index }: { chosen: string; index: number }) {
  const about = measure(chosen);
  const axis = axisOf(about);
  const offered = choices(members.value.map(({ loaded }) => loaded));
  const keys = offered.includes(chosen) ? offered : [chosen, ...offered];
  const name = `chart-${index}`;
  return (
    <section class="panel runs-chart" aria-label={about.title}>
      <div class="runs-chart-head">
        <label for={name} class="visually-hidden">
          Chart {index + 1} shows
        </label>
        <select
          id={name}
          class="runs-measure"
          value={chosen}
          onChange={({ currentTarget }) => setChart(index, currentTarget.value)}
        >
          {keys.map((key) => (
            <option value={key}>{measure(key).title}</option>
          ))}
        </select>
        {about.term && (
          <Term of={about.term}>
            <span aria-hidden="true">?</span>
            <span class="visually-hidden">what it means</span>
          </Term>
        )}
      </div>
      <Chart
        title={about.title}
        series={overlaySeries.value}
        data={overlayData(chosen)}
        version={overlayVersion}
        height={index === 0 ? HEIGHT.first : HEIGHT.other}
        {...(about.isShare && { range: [0, 1] as const })}
        format={formatOf(about)}
        {...(axis && { axis })}
        sync={SYNC}
        unit={over.value}
        {...(over.value === 'update' && {
          onZoom: (from: number, to: number) => {
            if (to - from >= 1) setZoom([from, to]);
          },
        })}
      />
    </section>
  );
}

/** Which updates are shown, and how closely. */
function Extent() {
  const longest = Math.max(1, ...selectedRuns.value.map(({ update }) => update));
  const [from, to] = zoom.value ?? [0, longest];
  const typed = useSignal(0);
  const set = (low: number, high: number): void => {
    if (low < high) setZoom([low, high]);
    // The field goes back to what it was.
    else typed.value++;
  };
  const number = (label: string, value: number, change: (value: number) => void) => (
    <input
      key={`${label} ${value} ${typed.value}`}
      class="input number"
      type="number"
      min={0}
      aria-label={label}
      defaultValue={String(value)}
      onChange={({ currentTarget }) => change(currentTarget.valueAsNumber)}
    />
  );
  return (
    <div class="runs-extent small">
      <span>
        <Term of="update">Updates</Term>
      </span>
      {number('First update shown', from, (value) => set(value, to))}
      <span>to</span>
      {number('Last update shown', to, (value) => set(from, value))}
      {zoom.value ? (
        <Button kind="quiet" onClick={() => setZoom(undefined)}>
          All updates
        </Button>
      ) : null}
      <span class="muted runs-closeness">{closeness()}</span>
      <label class="switch">
        Drawn over
        <select class="input" value={over.value} onChange={({ currentTarget }) => setAxis(currentTarget.value as Axis)}>
          {AXES.map((name) => (
            <option key={name} value={name}>
              {name === 'update' ? 'updates' : name}
            </option>
          ))}
        </select>
      </label>
      <label class="switch runs-apart">
        <input type="checkbox" checked={!apart.value} onChange={() => setApart(!apart.value)} />
        Seeds together
      </label>
    </div>
  );
}

function closeness(): string {
  version.value;
  const thinned = members.value.some(({ loaded }) => loaded.metrics?.downsampled);
  if (!thinned) return zoom.value ? 'Every update is drawn.' : '';
  if (zoom.value) return 'Still downsampled: zoom in further for every update.';
  return over.value === 'update'
    ? 'Drag over a chart for every update.'
    : 'Choose fewer updates for every one of them.';
}

function method(): string {
  const seeds = groups.value.some(({ members: all }) => all.length > 1);
  const thinned = members.value.some(({ loaded }) => loaded.metrics?.downsampled);
  return [
    seeds
      ? 'Lines are means over seeds, bands 95 % intervals of the mean (Student’s t over the seeds; of two seeds their range). A run that has ended stays at its last value.'
      : 'Each line is one run.',
    groups.value.some(({ repeats }) => repeats.length > 0) ? 'Of several runs of one seed the longest counts.' : '',
    thinned ? 'The first, last, lowest and highest values of many short spans stand for the rest.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Selected runs that cannot be drawn, or not whole, and why. */
function Troubles() {
  version.value;
  const missing = selected.value.length - selectedRuns.value.length;
  const bad = selectedRuns.value.flatMap(({ name, reason, status }) => {
    const loaded = loadedOf(name);
    if (loaded?.trouble) return [`${name}: ${loaded.trouble}`];
    if (status === 'malformed') return [`${name}: ${reason ?? 'it cannot be read'}`];
    return damageOf(loaded).map((sentence) => `${name}: ${sentence}`);
  });
  if (missing + bad.length === 0) return null;
  return (
    <ul class="runs-troubles small" role="status">
      {missing > 0 && (
        <li>
          {count(missing)} of the selected {missing === 1 ? 'runs is' : 'runs are'} not in the served folder.
        </li>
      )}
      {bad.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
