// Train, pause, step, reset; how far it is and how fast.

import { asked, session } from '../state/store.ts';
import { headline } from '../ui/headlines.ts';
import { count } from '../ui/numbers.ts';
import { Button, Fact, Notice } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';

export function Controls() {
  const { config } = session.training.value ?? {};
  return (
    <section class="learn-run" aria-label="Training">
      <div class="learn-title">
        <h1>{config ? headline(config.task.name) : 'Nothing is trained yet'}</h1>
        <Buttons />
      </div>
      <Progress />
      <Trouble />
      <p class="visually-hidden" role="status">
        <Announcement />
      </p>
    </section>
  );
}

function Buttons() {
  const status = session.status.value;
  const live = session.live.value;
  // A worker that says nothing may hear nothing either: the notice has the ways on.
  const silent = session.silent.value;
  const over = status === 'finished' || status === 'failed' || status === 'lost' || status === 'idle';
  const idle = status === 'idle' && asked.value.training === undefined;
  const main = live ? (
    <Button kind="primary" disabled={silent} onClick={() => session.pause()}>
      <Icon path="M3 2h3v10H3zM8 2h3v10H8z" /> Pause
    </Button>
  ) : (
    <Button kind="primary" disabled={idle} onClick={() => (over ? session.reset(false) : session.run())}>
      <Icon path="M3 1.5 12 7 3 12.5z" /> {over ? 'Train again' : 'Train'}
    </Button>
  );
  return (
    <div class="learn-buttons">
      {main}
      <Button disabled={over || silent} label="Step: one update" onClick={() => session.step()}>
        <Icon path="M2 1.5 9 7l-7 5.5zM10 2h2v10h-2z" /> Step
      </Button>
      <Button disabled={status === 'idle'} label="Reset: back to the first update" onClick={() => session.reset()}>
        <Icon path="M7 2a5 5 0 1 0 5 5h-2a3 3 0 1 1-3-3v2l4-3-4-3z" /> Reset
      </Button>
    </div>
  );
}

const Icon = ({ path }: { path: string }) => (
  <svg viewBox="0 0 14 14" aria-hidden="true">
    <path d={path} />
  </svg>
);

const WORDS = {
  idle: 'not begun',
  starting: 'starting',
  running: 'learning',
  paused: 'paused',
  finished: 'finished',
  failed: 'failed',
  lost: 'stopped',
} as const;

function Progress() {
  const { config } = session.training.value ?? {};
  const latest = session.latest.value;
  const update = latest?.update ?? 0;
  const updates = config?.updates ?? 1;
  const silent = session.silent.value;
  const status = silent ? 'lost' : session.status.value;
  return (
    <>
      <progress class="learn-progress" max={updates} value={update} aria-label="Updates done">
        {update}
      </progress>
      <dl class="learn-facts number" data-status={status}>
        <Fact name={<Term of="status">Status</Term>}>
          <span class="learn-status" data-testid="status">
            {silent ? 'no answer' : WORDS[status]}
          </span>
        </Fact>
        <Fact name={<Term of="update">Update</Term>}>
          <span data-testid="update">{count(update)}</span>
          <span class="muted learn-most"> of at most {count(updates)}</span>
        </Fact>
        <Fact name={<Term of="episode">Episodes</Term>}>
          {count(latest?.episodes ?? 0)}
          <Speed live={status === 'running'} />
        </Fact>
        <Fact name={<Term of="seconds">Time</Term>}>
          <span data-testid="seconds">{(latest?.seconds ?? 0).toFixed(1)}</span> s
          {session.threads.value > 1 && (
            <span class="muted">
              , {session.threads.value} <Term of="threads">threads</Term>
            </span>
          )}
        </Fact>
        <Fact name={<Term of="parameters">Numbers trained</Term>}>{count(session.parameters.value)}</Fact>
      </dl>
    </>
  );
}

/** Lately while it learns; the mean of the whole where it rests. */
function Speed({ live }: { live: boolean }) {
  const { episodes = 0, seconds = 0 } = session.latest.value ?? {};
  const speed = live ? session.speed.value : seconds > 0 ? episodes / seconds : 0;
  if (speed === 0) return null;
  return (
    <span class="muted">
      , {count(speed)} <Term of="speed">per second</Term>
      {!live && <span class="learn-mean"> on average</span>}
    </span>
  );
}

/** Whatever keeps it from going on, and the ways on. */
function Trouble() {
  const status = session.status.value;
  const from = session.checkpoint.value;
  const again = (
    <>
      {from && <Button onClick={() => session.revive()}>Go on from update {from.update}</Button>}
      <Button onClick={() => session.reset(false)}>Begin anew</Button>
    </>
  );
  if (status === 'failed') {
    return (
      <Notice kind="bad" actions={<Button onClick={() => session.reset(false)}>Begin anew</Button>}>
        The training ended: {session.reason.value}.
      </Notice>
    );
  }
  if (status === 'lost') {
    return (
      <Notice kind="bad" actions={again}>
        The worker that trains has stopped: {session.reason.value}. What was learnt up to its last checkpoint is kept.
      </Notice>
    );
  }
  if (session.silent.value) {
    return (
      <Notice kind="bad" actions={again}>
        The worker that trains has said nothing for some seconds. Either an update of this size takes so long, or the
        browser has ended it.
      </Notice>
    );
  }
  return null;
}

/** What is worth saying aloud, and no more. */
function Announcement() {
  const unlocked = session.unlocks.value.at(-1);
  switch (session.status.value) {
    case 'finished':
      return <>Training has finished after {session.finished.value?.updates} updates.</>;
    case 'paused':
      return <>Training is paused.</>;
    case 'running':
      return unlocked ? (
        <>
          Level {unlocked.name} opens at update {unlocked.update}.
        </>
      ) : (
        <>Training.</>
      );
    default:
      return null;
  }
}
