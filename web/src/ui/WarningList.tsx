// What the monitors of a training said: told apart by shape and word as well as by colour.

import type { RunWarning } from 'innerloop';

interface WarningListProps {
  readonly warnings: readonly RunWarning[];
  /** Whether what to try is said, too. */
  readonly hints?: boolean;
}

export function WarningList({ hints = false, warnings }: WarningListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, and has to be reached by keyboard
    <ul class="warnings" aria-live="polite" aria-label="What the monitors said" tabIndex={0}>
      {warnings.map(({ hint, message, severity = 'warning', update }) => (
        <li key={`${update} ${message}`} data-severity={severity}>
          <span class="warnings-mark" aria-hidden="true">
            {severity === 'note' ? '●' : '▲'}
          </span>
          <p>
            <b>
              {severity === 'note' ? 'Note' : 'Warning'}, update {update}:
            </b>{' '}
            {message}
            {hints && hint !== undefined && <span class="muted"> — {hint}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
