// The columns of the list: what each is called, how it sorts and what stands in it.

import type { RunSummary } from 'innerloop';
import type { ComponentChildren } from 'preact';
import type { TermName } from '../ui/glossary.ts';
import { count, percent, short } from '../ui/numbers.ts';
import { damageOf, loadedOf, version } from './loader.ts';
import type { SortName } from './query.ts';
import { StatusMark } from './StatusMark.tsx';

export interface Column {
  readonly name: SortName;
  readonly title: string;
  /** Absent where the title is a plain word. */
  readonly term?: TermName;
  readonly isNumber?: boolean;
  readonly cell: (run: RunSummary) => ComponentChildren;
}

export const COLUMNS: readonly Column[] = [
  { name: 'name', title: 'Run', term: 'run', cell: (run) => <Name run={run} /> },
  { name: 'task', title: 'Task', term: 'task', cell: ({ task }) => task },
  { name: 'preset', title: 'Preset', term: 'preset', cell: ({ preset }) => preset },
  { name: 'algorithm', title: 'Algorithm', term: 'algorithm', cell: ({ algorithm }) => algorithm },
  { name: 'seed', title: 'Seed', term: 'seed', isNumber: true, cell: ({ seed }) => seed },
  { name: 'status', title: 'Status', term: 'status', cell: (run) => <State run={run} /> },
  {
    name: 'accuracy',
    title: 'Accuracy',
    term: 'accuracy',
    isNumber: true,
    cell: ({ accuracy }) => <Accuracy share={accuracy} />,
  },
  {
    name: 'speed',
    title: 'Episodes/s',
    term: 'speed',
    isNumber: true,
    cell: ({ episodesPerSecond: speed }) => (speed !== null && speed >= 100 ? count(speed) : short(speed)),
  },
  { name: 'started', title: 'Started', isNumber: true, cell: ({ started }) => <When at={started} /> },
];

/** The folders that a run is in step back behind its own name; what is known to be damaged is marked. */
function Name({ run: { name, status } }: { run: RunSummary }) {
  version.value;
  // Of what is malformed the row says why.
  const damage = status === 'malformed' ? '' : damageOf(loadedOf(name)).join('. ');
  const cut = name.lastIndexOf('/') + 1;
  return (
    <span class="runs-name" title={name}>
      {cut > 0 && <span class="muted">{name.slice(0, cut)}</span>}
      {name.slice(cut)}
      {damage !== '' && (
        <span class="runs-damaged" title={damage}>
          <span aria-hidden="true"> ▲</span>
          <span class="visually-hidden">, damaged: {damage}</span>
        </span>
      )}
    </span>
  );
}

export function State({ run: { status, update, updates } }: { run: RunSummary }) {
  const part = status === 'running' && updates > 0 ? ` ${Math.floor((100 * update) / updates)} %` : '';
  return (
    <span class="runs-status" data-status={status}>
      <StatusMark status={status} />
      <span class="runs-word">{status}</span>
      {part}
    </span>
  );
}

function Accuracy({ share }: { share: number | null }) {
  return (
    <>
      {share !== null && (
        <span class="runs-bar" aria-hidden="true">
          <span style={{ width: `${100 * share}%` }} />
        </span>
      )}
      <span>{percent(share)}</span>
    </>
  );
}

const DAY = 86_400_000;
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const year = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** The clock within the last day, then the day, then the year with it. */
export function When({ at }: { at: number }) {
  if (at === 0) return <>–</>;
  const age = Date.now() - at;
  const format = age < DAY / 2 ? time : age < 300 * DAY ? day : year;
  return <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>;
}
