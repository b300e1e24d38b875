// One of the two: what it is, where it stands, what it was warned of, and what it came to.

import { commandOf } from 'innerloop';
import { writeAddress } from '../state/address.ts';
import { draftOf } from '../state/draft.ts';
import type { Session } from '../state/session.ts';
import { count } from '../ui/numbers.ts';
import { Copy, ParameterHash } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { WarningList } from '../ui/WarningList.tsx';
import { LETTERS } from './curves.ts';
import type { Side } from './pairs.ts';

const WORDS = {
  idle: 'not begun',
  starting: 'starting',
  running: 'learning',
  paused: 'waiting',
  finished: 'finished',
  failed: 'failed',
  lost: 'stopped',
} as const;

export function SideCard({ index, name, side }: Side & { readonly side: Session; readonly index: number }) {
  const training = side.training.value;
  if (!training) return null;
  const { config } = training;
  const letter = LETTERS[index]!;
  return (
    <section class="panel compare-side" aria-labelledby={`side-${letter}`} data-status={side.status.value}>
      <h2 id={`side-${letter}`}>
        <span class="compare-letter">{letter}</span> {config.task.name}, {name}
      </h2>
      <p class="number">
        {WORDS[side.status.value]}, <Term of="update">update</Term>{' '}
        <span data-testid={`update-${letter}`}>{count(side.latest.value?.update ?? 0)}</span>{' '}
        <span class="muted">of at most {count(config.updates)}</span>
      </p>
      <WarningList warnings={side.warnings.value} />
      <ParameterHash hash={side.finished.value?.hash} of={letter} />
      <Copy label={`the command of ${letter}`} text={commandOf(config)} />
      <p>
        <a href={writeAddress('learn', draftOf(config))}>Train it by itself under Learn</a>
      </p>
    </section>
  );
}
