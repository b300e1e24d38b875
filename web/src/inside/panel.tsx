// One look inside at a time. Probes are made while somebody looks, and no longer.

import { useEffect } from 'preact/hooks';
import { facts } from '../state/agentOnView.ts';
import { found, insideError, lookInside, making, tryAgain } from '../state/inside.ts';
import { count } from '../ui/numbers.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { Ahead } from './Ahead.tsx';
import { Credit } from './Credit.tsx';
import type { PanelProps } from './index.tsx';
import { Read } from './Read.tsx';
import { Steer } from './Steer.tsx';

export function Panel({ at, look }: PanelProps) {
  useEffect(lookInside, []);
  return (
    <>
      {insideError.value !== undefined && (
        <Notice kind="bad" actions={<Button onClick={tryAgain}>Try again</Button>}>
          {insideError.value}.
        </Notice>
      )}
      {look !== 'credit' && <Probes />}
      {look === 'read' && <Read at={at} />}
      {look === 'ahead' && <Ahead />}
      {look === 'steer' && <Steer at={at} />}
      {look === 'credit' && <Credit at={at} />}
    </>
  );
}

/** Of which agent the probes are, and where the making of the next ones stands. */
function Probes() {
  const probes = found.value;
  const now = making.value;
  const update = facts.value?.update ?? 0;
  return (
    <div class="probes small muted">
      {probes && (
        <p data-testid="probes">
          <Term of="probe">Probes</Term> of update <span class="number">{count(probes.update)}</span>, made from{' '}
          {count(probes.episodes.train)} episodes and tried on {count(probes.episodes.test)} of other structures
          {probes.hash !== facts.value?.hash && update !== probes.update
            ? `; the agent is at update ${count(update)} by now`
            : ''}
          .
        </p>
      )}
      {now && (
        <p class="probes-making" role="status">
          <progress value={now.done} max={1} aria-label="Making probes" />
          <span>{probes ? 'Making them anew' : 'Making probes: a few hundred episodes are played and read'} …</span>
        </p>
      )}
    </div>
  );
}
