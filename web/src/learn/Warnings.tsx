// What the monitors saw, newest first.

import type { WarningEvent } from 'innerloop';
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
        <WarningList warnings={advised(warnings)} hints />
      )}
    </section>
  );
}

/** Newest first. What to do about a kind is said by the library once, and stands here with the newest of it. */
function advised(warnings: readonly WarningEvent[]): readonly WarningEvent[] {
  const hints = new Map(warnings.flatMap(({ hint, kind }) => (hint === undefined ? [] : [[kind, hint] as const])));
  const seen = new Set<WarningEvent['kind']>();
  return warnings.toReversed().map(({ hint: _, ...warning }) => {
    const hint = seen.has(warning.kind) ? undefined : hints.get(warning.kind);
    seen.add(warning.kind);
    return { ...warning, ...(hint !== undefined && { hint }) };
  });
}
