// Runs: those of the folder that `innerloop serve` serves, as they grow.

import { useEffect } from 'preact/hooks';
import { notice } from '../state/store.ts';
import { Button, Empty, Notice } from '../ui/parts.tsx';
import './dashboard.css';
import './grid.css';
import { found } from './found.ts';
import { Grid } from './Grid.tsx';
import { load } from './loader.ts';
import { wanted } from './overlay.ts';
import { Panes } from './Panes.tsx';
import { notUnderstood, showAll } from './query.ts';
import { StaticHost } from './StaticHost.tsx';
import { connect, connection, listed, listNotice, runs } from './server.ts';
import { Toolbar } from './Toolbar.tsx';

export function View() {
  useEffect(connect, []);
  useEffect(() => load(wanted), []);
  const bad = notUnderstood.value.join();
  useEffect(() => {
    for (const part of notUnderstood.peek()) {
      notice(`A part of the address is not understood and left out: '${part.slice(0, 40)}'.`);
    }
  }, [bad]);
  if (connection.value === 'static') return <StaticHost />;
  if (!listed.value) return connection.value === 'gone' ? <Gone /> : <Looking />;
  return (
    <div class="runs">
      <h1 class="visually-hidden">Runs</h1>
      {connection.value === 'gone' && (
        <Notice kind="bad">
          The server does not answer any more. What stands here is from before; it goes on by itself as soon as
          innerloop serve runs again at this address.
        </Notice>
      )}
      {listNotice.value && <Notice>{listNotice.value}.</Notice>}
      {runs.value.size === 0 ? (
        <NoRuns />
      ) : (
        <div class="runs-columns">
          <section class="panel runs-list" aria-label="List of runs">
            <Toolbar />
            <Grid />
            {found.value.runs.length === 0 && (
              <div class="runs-none">
                <p>No run is like that.</p>
                <Button onClick={showAll}>Show all</Button>
              </div>
            )}
          </section>
          <Panes />
        </div>
      )}
    </div>
  );
}

function Looking() {
  return (
    <div class="runs" role="status">
      <span class="visually-hidden">The list of runs is being read …</span>
      <div class="panel runs-skeleton" aria-hidden="true">
        {Array.from({ length: 8 }, (_, i) => (
          <span key={i} />
        ))}
      </div>
    </div>
  );
}

function Gone() {
  return (
    <Empty title="The server does not answer">
      <p role="status">
        This page asks every second or two and goes on by itself. Is <code>npx innerloop serve</code> still running?
      </p>
    </Empty>
  );
}

function NoRuns() {
  return (
    <Empty title="No runs here yet">
      <p>
        The served folder holds none. Train one beside it, and it appears here while it learns:{' '}
        <code>npx innerloop train calculator</code>
      </p>
    </Empty>
  );
}
