// What the monitors saw, newest first.

import { session } from '../state/store.ts';
import { WarningList } from '../ui/WarningList.tsx';

export function Warnings() {
  const warnings = session.warnings.value;
  return (
    <section class="panel" aria-labelledby="warnings-title">
      <h2 id="warnings-title">What to know of this training</h2>
      {warnings.length === 0 ? (
        <p class="small muted">
          Nothing so far. Said here, and marked on the curves: an agent that does not look at its problem, entropy or
          rewards that collapse, gradients that jump.
        </p>
      ) : (
        <WarningList warnings={warnings.toReversed()} hints />
      )}
    </section>
  );
}
