// Take away: the configuration, the agent, its run and its curves, to go on with elsewhere; and the way back in.

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { sentence } from '../engine/sentence.ts';
import { hasAddress } from '../state/agentOnView.ts';
import { link, plain, touched, touches } from '../state/stage.ts';
import { addressOf, command, session } from '../state/store.ts';
import { count } from '../ui/numbers.ts';
import { Button, Copy, Notice, ParameterHash } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { curvesAsCsv, curvesAsSvg } from './curves.ts';
import { download, type Moment, moment, nameOf } from './moment.ts';
import { Opener } from './Opener.tsx';
import { runFolder } from './runFolder.ts';
import { snippetOf } from './snippet.ts';
import { weightsOf } from './weights.ts';
import { zipped } from './zip.ts';
import './takeaway.css';

export function View() {
  const training = session.training.value;
  return (
    <div class="takeaway">
      <header class="takeaway-head">
        <h1>Take it away</h1>
        <p class="muted">
          Everything here is yours: the same configuration and seed come to the same bits in any browser and on the
          command line.
        </p>
        <Standing />
      </header>
      {training && (
        <div class="takeaway-panels">
          <Address />
          <Trajectory />
          <Run />
          <Weights />
          <Curves />
          <Program />
        </div>
      )}
      <Opener />
    </div>
  );
}

type Taking = (moment: Moment) => void | Promise<void>;

const trouble = signal('');
const busy = signal('');

/** Does `what` with the training as it stands, and says why where that is not possible. */
async function take(name: string, what: Taking): Promise<void> {
  trouble.value = '';
  busy.value = name;
  try {
    await what(await moment());
  } catch (error) {
    trouble.value = sentence(error);
  } finally {
    busy.value = '';
  }
}

function Take({ children, label, what }: { children: string; label?: string; what: Taking }) {
  return (
    <Button
      disabled={busy.value !== ''}
      {...(label !== undefined && { label })}
      onClick={() => void take(children, what)}
    >
      {busy.value === children ? 'One moment …' : children}
    </Button>
  );
}

/** Which training, and where it is. */
function Standing() {
  const training = session.training.value;
  const { hash } = session.finished.value ?? {};
  if (!training) return <Notice kind="bad">Nothing is trained here yet: choose a configuration under Learn.</Notice>;
  return (
    <>
      <p class="number">
        <b>{nameOf(training)}</b>, {session.status.value === 'finished' ? 'finished after' : 'at'}{' '}
        <Term of="update">update</Term> {count(session.latest.value?.update ?? 0)}
      </p>
      {hash !== undefined && <ParameterHash hash={hash} />}
      {trouble.value !== '' && <Notice kind="bad">{trouble.value}</Notice>}
    </>
  );
}

function Panel({ children, id, title }: { children: ComponentChildren; id: string; title: string }) {
  return (
    <section class="panel" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

const absolute = (hash: string): string => new URL(hash, location.href.split('#')[0]).href;

function Address() {
  return (
    <Panel id="address" title="As a link">
      <p class="muted">
        Task, preset, every setting that differs, seed and view. Whoever opens it sees the same training from its first
        update.
      </p>
      <Copy label="the link" text={absolute(addressOf('learn'))} />
      <p class="muted">On the command line the same training is</p>
      <Copy label="the command" text={command.value} />
    </Panel>
  );
}

/** What was last watched or touched, as an address that comes to the same bits. */
function Trajectory() {
  const shown = touches.value.length > 0 ? touched.value : plain.value;
  return (
    <Panel id="trajectory" title="One trajectory, as a link">
      {shown && hasAddress.value ? (
        <>
          <p class="muted">
            {shown.run.problem}, answered with <code>{shown.run.program.join(' ')}</code>. Whoever opens the link has
            the agent trained again to that very update, and is told whether the replay is the same to the last bit.
          </p>
          <Copy label="the link to the trajectory" text={link(touches.value.length > 0 ? 'touch' : 'watch')} />
        </>
      ) : (
        <p class="muted">
          {shown
            ? 'The trajectory on view has no link: its agent is from a file or of another configuration, and links work for what this page trains. Pass the file itself on, or take the run of this page as a folder, below. '
            : 'What is watched or touched stands here as a link that replays it to the last bit. '}
          <a href={addressOf('watch')}>Watch a problem being answered</a>
        </p>
      )}
    </Panel>
  );
}

function Run() {
  const training = session.training.value!;
  const name = nameOf(training);
  const over = session.status.value === 'finished';
  return (
    <Panel id="run" title="The run, as a folder">
      <p class="muted">
        As the command line writes it: configuration, every update, every evaluation and the{' '}
        <Term of="checkpoint">checkpoint</Term>.
      </p>
      <div class="takeaway-buttons">
        <Take
          what={async (now) => {
            download(`${now.name}.zip`, await zipped(await runFolder(now)));
          }}
        >
          Download the run
        </Take>
      </div>
      <Copy
        label="the commands"
        text={`unzip ${name}.zip && npx innerloop ${over ? 'eval' : 'resume'} ${name} && npx innerloop explain ${name}`}
      />
    </Panel>
  );
}

function Weights() {
  return (
    <Panel id="weights" title="The weights">
      <p class="muted">
        As <Term of="safetensors">safetensors</Term>, under the names that PyTorch would give them. A{' '}
        <Term of="checkpoint">checkpoint</Term> also holds the <Term of="optimiser">optimiser</Term>’s state and the
        configuration, and training can go on from it.
      </p>
      <div class="takeaway-buttons">
        <Take what={({ checkpoint: { bytes }, name }) => download(`${name}.safetensors`, bytes)}>
          Download the checkpoint
        </Take>
        <Take what={({ checkpoint: { bytes }, name }) => download(`${name}-weights.safetensors`, weightsOf(bytes))}>
          Download the weights alone
        </Take>
      </div>
    </Panel>
  );
}

function Curves() {
  return (
    <Panel id="curves" title="The curves">
      <p class="muted">
        A picture of what is <Term of="solved">solved</Term> level by level, and a table of every update.
      </p>
      <div class="takeaway-buttons">
        <Take
          label="Download the curves as SVG"
          what={async (now) => {
            download(`${now.name}.svg`, await curvesAsSvg(now), 'image/svg+xml');
          }}
        >
          SVG
        </Take>
        <Take
          label="Download the curves as CSV"
          what={async (now) => {
            download(`${now.name}.csv`, await curvesAsCsv(now), 'text/csv');
          }}
        >
          CSV
        </Take>
      </div>
    </Panel>
  );
}

function Program() {
  const training = session.training.value!;
  return (
    <Panel id="program" title="In a program of your own">
      <p class="muted">
        After <code>npm install innerloop</code>, beside the downloaded checkpoint. It runs in a page as well: there the
        bytes come from <code>fetch</code>.
      </p>
      <Copy label="the program" text={snippetOf(training)} />
    </Panel>
  );
}
