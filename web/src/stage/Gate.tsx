// Stands before the stage until there is an agent that plays, and says why there is none yet.

import type { ComponentChildren } from 'preact';
import { facts, follow, growing, openFile, refused, retry, source, trouble } from '../state/agentOnView.ts';
import { plain } from '../state/stage.ts';
import { asked, session } from '../state/store.ts';
import { count } from '../ui/numbers.ts';
import { Button, Empty, Notice } from '../ui/parts.tsx';
import './gate.css';

/** The stage looks into a checkpoint that is dropped on it; runs go through to the page, which trains them on. */
export function Gate({ children }: { children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button that opens a file does the same
    <div
      class="stage-gate"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file, ...more] = event.dataTransfer?.files ?? [];
        if (!file?.name.endsWith('.safetensors') || more.length > 0) return;
        event.preventDefault();
        event.stopPropagation();
        void openFile(file);
      }}
    >
      {refused.value && <Refused />}
      {trouble.value && <Trouble />}
      {facts.value && plain.value ? children : <Waiting />}
    </div>
  );
}

function Trouble() {
  const training = source.value.kind === 'training';
  return (
    <Notice
      kind="bad"
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          {!training && <Button onClick={follow}>Look at the training</Button>}
        </>
      }
    >
      {trouble.value}.
    </Notice>
  );
}

function Refused() {
  const { file, reason } = refused.value!;
  return (
    <Notice
      kind="bad"
      actions={
        <>
          <Button onClick={() => void openFile(file)}>Read it again</Button>
          <Button onClick={() => (refused.value = undefined)}>Go on without it</Button>
        </>
      }
    >
      {reason}.
    </Notice>
  );
}

function Waiting() {
  const grows = growing.value;
  if (grows) {
    return (
      <Empty title="Repeating the training of this link">
        <p>
          The same configuration and seed come to the same bits, so this will be the very agent: update{' '}
          <span class="number">{count(grows.at)}</span> of <span class="number">{count(grows.update)}</span>.
        </p>
        <progress class="growing" value={grows.at} max={grows.update} aria-label="Updates repeated" />
      </Empty>
    );
  }
  if (trouble.value) return null;
  if (facts.value || source.value.kind !== 'training')
    return <Empty title="The agent is being opened">Loading …</Empty>;
  if (asked.value.error) return <Empty title="There is no agent to watch">{asked.value.error.message}.</Empty>;
  switch (session.status.value) {
    case 'paused':
      return (
        <Empty
          title="The training has not begun"
          actions={
            <div class="agent-actions">
              <Button kind="primary" onClick={() => session.run()}>
                Train
              </Button>
              <Button onClick={() => session.step()}>One update</Button>
            </div>
          }
        >
          It is paused before its first update: there is no agent to watch yet.
        </Empty>
      );
    case 'failed':
    case 'lost':
      return (
        <Empty title="The training has stopped" actions={<Button onClick={() => session.revive()}>Begin again</Button>}>
          {session.reason.value}
        </Empty>
      );
    case 'idle':
      return <Empty title="Nothing is being trained">Open a checkpoint from a file, or train an agent in Learn.</Empty>;
    default:
      return <Empty title="The agent is about to begin">The first checkpoint is on its way …</Empty>;
  }
}
