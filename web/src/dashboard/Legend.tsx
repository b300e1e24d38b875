// The groups of the picture: which line is which, and where its runs stand.

import { SERIES, seriesColour } from '../ui/colours.ts';
import { percent, short } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { type Group, groups, seedsOf } from './groups.ts';
import { type Centre, centre } from './interval.ts';
import { openRun, select, selected } from './selection.ts';
import './tables.css';
import './legend.css';

export function Legend() {
  return (
    <div class="table-frame">
      <table class="runs-legend number">
        <caption class="visually-hidden">The curves, and how their runs stand</caption>
        <thead>
          <tr>
            <th scope="col">Curve</th>
            <th scope="col">
              <Term of="run">Runs</Term>
            </th>
            <th scope="col">
              <Term of="solved">Solved</Term>
            </th>
            <th scope="col">
              95 % <Term of="interval">interval</Term>
            </th>
            <th scope="col">
              <Term of="speed">Episodes/s</Term>
            </th>
            <th scope="col">
              <span class="visually-hidden">Leave out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.value.map((group, i) => (
            <Line key={group.key} group={group} index={i} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ group, index }: { group: Group; index: number }) {
  const { label, members, repeats, tag } = group;
  const names = members.map(({ run }) => run.name);
  const all = [...names, ...repeats.map(({ run }) => run.name)];
  const solved = centreOf(members.map(({ run }) => run.accuracy));
  const speed = centreOf(members.map(({ run }) => run.episodesPerSecond));
  return (
    <tr>
      <th scope="row">
        <span class="runs-swatch" style={{ color: `var(${seriesColour(index)})` }}>
          <svg viewBox="0 0 20 4" width="20" height="4" aria-hidden="true">
            <path d="M0 2h20" stroke-dasharray={index >= SERIES ? '7 4' : undefined} />
          </svg>
          {tag}
        </span>{' '}
        {label}
      </th>
      <td>
        {names.length === 1 ? (
          <button type="button" class="runs-link" onClick={() => openRun(names[0]!)}>
            {seedsOf(group)}
          </button>
        ) : (
          `${names.length}: ${seedsOf(group)}`
        )}
        {repeats.length > 0 && (
          <span class="muted small runs-repeats">{repeats.length} more of the same seeds, not counted</span>
        )}
      </td>
      <td>
        <b>{percent(solved?.mean)}</b>
      </td>
      <td>{intervalOf(solved)}</td>
      <td>{short(speed && Math.round(speed.mean))}</td>
      <td>
        <button
          type="button"
          class="runs-out"
          aria-label={`Leave out ${tag} ${label}`}
          onClick={() => select(selected.peek().filter((name) => !all.includes(name)))}
        >
          ×
        </button>
      </td>
    </tr>
  );
}

function centreOf(values: readonly (number | null)[]): Centre | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : centre(known);
}

function intervalOf(of: Centre | undefined): string {
  if (of?.low === undefined || of.high === undefined) return '–';
  // Seeds that came out alike tell nothing of how far others may be off.
  if (of.low === of.high) return 'all alike';
  return `${percent(Math.max(0, of.low))} to ${percent(Math.min(1, of.high))}`;
}
