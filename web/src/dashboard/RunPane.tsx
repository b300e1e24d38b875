// All of one run: where it stands, what it scored, how it got there, and its checkpoints to look into.

import { type Config, commandOf, type RunSummary } from 'innerloop';
import { count, percent, short } from '../ui/numbers.ts';
import { Button, Copy, Empty, Fact, Notice, ParameterHash } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { WarningList } from '../ui/WarningList.tsx';
import { Checkpoints } from './Checkpoints.tsx';
import { State, When } from './columns.tsx';
import { Evaluations } from './Evaluations.tsx';
import { damageOf, loadedOf, version } from './loader.ts';
import { opened, selected, toggle } from './selection.ts';
import { runs } from './server.ts';
import './run.css';

export function RunPane() {
  version.value;
  const name = opened.value;
  if (name === undefined) {
    return (
      <Empty title="Look into a run">
        <p>Press one in the list, or the enter key on it: its evaluations, trajectories and checkpoints stand here.</p>
      </Empty>
    );
  }
  const run = runs.value.get(name);
  if (!run) return <Empty title="This run is not here">There is no {name} in the served folder.</Empty>;
  const loaded = loadedOf(name);
  const hash = loaded?.detail?.outcome?.hash;
  return (
    <article class="runs-one" aria-labelledby="run-title">
      <header class="panel runs-title">
        <h2 id="run-title">{name}</h2>
        <Button onClick={() => toggle(name)}>{selected.value.includes(name) ? 'Leave out' : 'Compare'}</Button>
        <Facts run={run} />
        {loaded?.detail?.config != null && <Command config={loaded.detail.config} />}
        {typeof hash === 'string' && <ParameterHash hash={hash} />}
      </header>
      {run.reason && (
        <Notice kind="bad">
          {run.status === 'malformed' ? 'This folder cannot be read as a run' : 'This run has failed'}: {run.reason}.
        </Notice>
      )}
      {loaded?.trouble && <Notice kind="bad">It could not be read: {loaded.trouble}.</Notice>}
      {damageOf(loaded).map((sentence) => (
        <Notice key={sentence} kind="bad">
          {sentence}.
        </Notice>
      ))}
      {loaded?.detail ? (
        <>
          <Evaluations detail={loaded.detail} />
          {loaded.detail.warnings && loaded.detail.warnings.length > 0 && (
            <section class="panel" aria-labelledby="monitors-title">
              <h3 id="monitors-title">What the monitors said</h3>
              <WarningList hints warnings={loaded.detail.warnings} />
            </section>
          )}
          <Checkpoints key={name} name={name} detail={loaded.detail} />
        </>
      ) : (
        !loaded?.trouble && (
          <p class="muted runs-waiting" role="status">
            The run is being read …
          </p>
        )
      )}
    </article>
  );
}

function Facts({ run }: { run: RunSummary }) {
  const {
    accuracy,
    agent,
    algorithm,
    curriculum,
    episodesPerSecond,
    preset,
    seconds,
    seed,
    started,
    task,
    update,
    updates,
  } = run;
  const known = task !== '';
  return (
    <dl class="runs-facts number">
      <Fact name={<Term of="status">Status</Term>}>
        <State run={run} />
      </Fact>
      {known && (
        <>
          <Fact name={<Term of="accuracy">Solved</Term>}>{percent(accuracy)}</Fact>
          <Fact name={<Term of="update">Updates</Term>}>
            {count(update)} of {count(updates)}
          </Fact>
          <Fact name={<Term of="seconds">Time</Term>}>{duration(seconds)}</Fact>
          <Fact name={<Term of="speed">Episodes/s</Term>}>
            {short(episodesPerSecond && Math.round(episodesPerSecond))}
          </Fact>
          <Fact name={<Term of="task">Task</Term>}>{task}</Fact>
          <Fact name={<Term of="preset">Preset</Term>}>{preset}</Fact>
          <Fact name={<Term of="algorithm">Algorithm</Term>}>{algorithm}</Fact>
          <Fact name={<Term of="curriculum">Curriculum</Term>}>{curriculum}</Fact>
          <Fact name={<Term of="agent">Agent</Term>}>{agent}</Fact>
          <Fact name={<Term of="seed">Seed</Term>}>{seed}</Fact>
          <Fact name="Started">
            <When at={started} />
          </Fact>
        </>
      )}
    </dl>
  );
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function Command({ config }: { config: unknown }) {
  let command: string;
  try {
    command = commandOf(config as Config);
  } catch {
    // Of another version, or of a task that is the caller's own.
    return null;
  }
  return (
    <div class="field">
      <span class="field-label">The command line that comes to the same run</span>
      <Copy label="the command" text={command} />
    </div>
  );
}
