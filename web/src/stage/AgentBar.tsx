// Which agent is on view, and the ways to another one.

import { useRef } from 'preact/hooks';
import { agentName, facts, follow, hold, openFile, source } from '../state/agentOnView.ts';
import { link, proof } from '../state/stage.ts';
import { asked, session } from '../state/store.ts';
import { useCopying } from '../ui/copying.ts';
import { count } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import './agentBar.css';

export function AgentBar({ view }: { view: string }) {
  const picker = useRef<HTMLInputElement>(null);
  const { kind } = source.value;
  const title = whose();
  return (
    <section class="agent-bar" aria-label="The agent">
      <p class="agent-name">
        <b>{title}</b> <span class="muted small number">{detail(title)}</span>
      </p>
      <div class="agent-actions">
        {(kind === 'training' || kind === 'moment') && (
          <label class="switch small">
            <input
              type="checkbox"
              checked={kind === 'training'}
              onChange={({ currentTarget }) => (currentTarget.checked ? follow() : hold())}
            />
            Follow the training
          </label>
        )}
        {(kind === 'address' || kind === 'file') && (
          <Button onClick={follow}>Back to the training here ({asked.value.training?.config.task.name})</Button>
        )}
        <Button onClick={() => picker.current?.click()}>Open a file …</Button>
        <input
          ref={picker}
          class="visually-hidden"
          type="file"
          tabIndex={-1}
          accept=".safetensors"
          aria-label="Open a checkpoint"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) void openFile(file);
            currentTarget.value = '';
          }}
        />
        {kind === 'file' ? (
          <p class="muted small">No link: one can only say how to train an agent here. Pass the file on instead.</p>
        ) : (
          <CopyLink view={view} />
        )}
      </div>
      {proof.value !== undefined && (
        <p class="proof small" data-same={proof.value} role="status">
          {proof.value
            ? '✓ Replayed to the bit: every number is the one that the link was made of.'
            : '≠ Not the same bits as when the link was made: the agent or the version of this page differs.'}
        </p>
      )}
    </section>
  );
}

function whose(): string {
  const from = source.value;
  if (agentName.value !== '') return agentName.value;
  if (from.kind === 'training') return 'The agent in training';
  return from.kind === 'moment' ? `The agent of update ${count(from.update)}` : 'No agent yet';
}

function detail(title: string) {
  const agent = facts.value;
  if (!agent) return '';
  const { config, hash, update } = agent;
  return (
    <>
      {config.task.name} · {config.preset} · seed {config.seed}
      {!/ update [\d,]+$/.test(title) && (
        <>
          {' '}
          · <Term of="update">update</Term> {count(update)}
        </>
      )}
      {source.value.kind === 'training' && session.live.value ? ', learning' : ''} · <Term of="hash">hash</Term>{' '}
      <code>{hash.slice(0, 8)}</code>
    </>
  );
}

function CopyLink({ view }: { view: string }) {
  const { copy, said } = useCopying((address) => {
    history.replaceState(null, '', address);
    return 'It is in the address bar';
  });
  return (
    <>
      <Button label={`${said || 'Copy link'}, to exactly this`} onClick={() => copy(link(view))}>
        {said || 'Copy link'}
      </Button>
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
