// What of the list is shown: search, facets, ranges, and how many that leaves.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { count } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { COLUMNS } from './columns.tsx';
import { Facet } from './Facet.tsx';
import { found } from './found.ts';
import { FACETS, isFiltered, query, type SortName, setText, showAll, sortBy } from './query.ts';
import { Ranges } from './Ranges.tsx';
import { said, select, selected } from './selection.ts';
import { runs } from './server.ts';
import './toolbar.css';

/** A word is typed to its end before the address changes. */
const TYPING_MILLISECONDS = 150;

export function Toolbar() {
  const { by, descending } = query.value.sort;
  return (
    <div class="runs-tools">
      <Search />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out with its neighbours */}
      <div class="runs-facets" role="group" aria-label="Filters">
        {FACETS.map((facet) => (
          <Facet key={facet} name={facet} />
        ))}
        <Ranges />
        {isFiltered.value && (
          <Button kind="quiet" onClick={showAll}>
            Show all
          </Button>
        )}
      </div>
      <div class="runs-order">
        <label class="small muted" for="runs-sort">
          Sorted by
        </label>
        <select
          id="runs-sort"
          class="input"
          value={by}
          onChange={({ currentTarget }) => sortBy(currentTarget.value as SortName)}
        >
          {COLUMNS.map(({ name, title }) => (
            <option value={name}>{title}</option>
          ))}
        </select>
        <Button
          label={descending ? 'Descending; sort ascending' : 'Ascending; sort descending'}
          onClick={() => sortBy(by)}
        >
          {descending ? '↓' : '↑'}
        </Button>
      </div>
      <div class="runs-said small number">
        <p role="status">{counted()}</p>
        {selected.value.length > 0 ? (
          <Button kind="quiet" onClick={() => select([])}>
            Clear the selection
          </Button>
        ) : (
          <p class="muted runs-keys">
            <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>space</kbd> selects, <kbd>enter</kbd> opens, <kbd>/</kbd> searches
          </p>
        )}
        <p class="visually-hidden" role="status">
          {said.value}
        </p>
      </div>
    </div>
  );
}

function counted(): string {
  const all = runs.value.size;
  const shown = found.value.runs.length;
  const some = selected.value.length > 0 ? ` · ${count(selected.value.length)} selected` : '';
  const noun = all === 1 ? 'run' : 'runs';
  return `${shown === all ? `${count(all)} ${noun}` : `${count(shown)} of ${count(all)} ${noun}`}${some}`;
}

function Search() {
  const field = useRef<HTMLInputElement>(null);
  const typed = useSignal<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    const reach = (event: KeyboardEvent): void => {
      const { ctrlKey, key, metaKey, target } = event;
      const typing = target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');
      if (key !== '/' || typing || ctrlKey || metaKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', reach);
    return () => {
      removeEventListener('keydown', reach);
      clearTimeout(timer.current);
    };
  }, []);
  return (
    <input
      ref={field}
      class="input runs-search"
      type="search"
      placeholder="Search …"
      aria-label="Search runs"
      value={typed.value ?? query.value.text}
      onInput={({ currentTarget }) => {
        typed.value = currentTarget.value;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          setText(typed.peek() ?? '');
          typed.value = undefined;
        }, TYPING_MILLISECONDS);
      }}
    />
  );
}
