// One facet: its values as boxes to tick, with how many runs each would show.

import { count } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { found } from './found.ts';
import { Popover } from './Popover.tsx';
import { type Facet as FacetName, query, setFacet, toggleValue } from './query.ts';

const TITLES: Readonly<Record<FacetName, string>> = {
  task: 'Task',
  preset: 'Preset',
  algorithm: 'Algorithm',
  seed: 'Seed',
  status: 'Status',
};
/** Values that are offered; what is beyond can be searched for. */
const MOST = 200;

export function Facet({ name }: { name: FacetName }) {
  const title = TITLES[name];
  const ticked = query.value.facets[name] ?? [];
  const counts = found.value.counts[name];
  const values = [...new Set([...ticked, ...counts.keys()])].sort((a, b) =>
    name === 'seed' ? Number(a) - Number(b) : (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  return (
    <Popover
      label={`Filter by ${title.toLowerCase()}`}
      isActive={ticked.length > 0}
      title={
        <>
          {title}
          {ticked.length > 0 && <b>{ticked.length === 1 ? ticked[0] : count(ticked.length)}</b>}
        </>
      }
    >
      {values.length === 0 && <p class="small muted">No run tells it.</p>}
      <ul class="runs-values">
        {values.slice(0, MOST).map((value) => (
          <li key={value}>
            <label class="switch">
              <input type="checkbox" checked={ticked.includes(value)} onChange={() => toggleValue(name, value)} />
              <span>{value}</span>
              <span class="muted small number">{count(counts.get(value) ?? 0)}</span>
            </label>
          </li>
        ))}
      </ul>
      {values.length > MOST && <p class="small muted">and {count(values.length - MOST)} more</p>}
      {ticked.length > 0 && (
        <Button kind="quiet" onClick={() => setFacet(name, [])}>
          Any {title.toLowerCase()}
        </Button>
      )}
    </Popover>
  );
}
