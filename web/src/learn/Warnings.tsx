// What the monitors saw, newest first.

import { session } from '../state/store.ts';

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
        <ul class="warnings" aria-live="polite">
          {warnings.toReversed().map(({ hint, message, severity, update }) => (
            <li key={`${update} ${message}`} data-severity={severity ?? 'warning'}>
              <span class="warnings-mark" aria-hidden="true">
                {severity === 'note' ? '●' : '▲'}
              </span>
              <p>
                <b>
                  {severity === 'note' ? 'Note' : 'Warning'}, update {update}:
                </b>{' '}
                {message}
                {hint !== undefined && <span class="muted"> — {hint}</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
