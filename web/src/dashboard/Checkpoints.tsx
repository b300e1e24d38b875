// The checkpoints of a run, each to be looked into.

import { useSignal } from '@preact/signals';
import type { RunDetail } from 'innerloop';
import { count } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { agentAddress } from './agentAddress.ts';
import { addressed, checkpointPath } from './api.ts';
import { Trajectories } from './Trajectories.tsx';

/** As many as are shown before somebody asks for more. */
const FIRST = 5;

export function Checkpoints({ detail, name }: { detail: RunDetail; name: string }) {
  const all = useSignal(false);
  const newest = detail.checkpoints.toReversed();
  const shown = all.value ? newest : newest.slice(0, FIRST);
  return (
    <>
      <section class="panel runs-checkpoints" aria-labelledby="checkpoints-title">
        <h3 id="checkpoints-title">
          <Term of="checkpoint">Checkpoints</Term>
        </h3>
        {newest.length === 0 ? (
          <p class="small muted">There is none yet; a running training writes them as it goes.</p>
        ) : (
          <ul>
            {shown.map(({ bytes, file, update }) => (
              <li key={file}>
                <span class="number">
                  <b>Update {count(update)}</b> <span class="small muted">{size(bytes)}</span>
                </span>
                <span class="runs-doors">
                  <a class="button" href={agentAddress('watch', name, file)}>
                    Watch
                  </a>
                  <a class="button" href={agentAddress('touch', name, file)}>
                    Touch
                  </a>
                  <a class="button" data-kind="quiet" href={addressed(checkpointPath(name, file))} download={file}>
                    Download
                  </a>
                </span>
              </li>
            ))}
          </ul>
        )}
        {newest.length > shown.length && (
          <Button
            kind="quiet"
            onClick={() => {
              all.value = true;
            }}
          >
            Show all {count(newest.length)}
          </Button>
        )}
      </section>
      {newest.length > 0 && <Trajectories checkpoints={newest} name={name} />}
    </>
  );
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
