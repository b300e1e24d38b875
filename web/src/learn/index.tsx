// Learn: what is trained, how it goes, and what came of it.

import { session } from '../state/store.ts';

export function View() {
  return (
    <p>
      {session.status.value} {session.latest.value?.update}
    </p>
  );
}
