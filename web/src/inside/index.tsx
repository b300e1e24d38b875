// The way inside: what can be looked at, and a panel that is loaded when somebody looks.

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { type Look, lookAt, looks } from '../state/inside.ts';
import { Button, Notice } from '../ui/parts.tsx';
import './inside.css';

export interface PanelProps {
  /** Tokens that have been taken. */
  readonly at: number;
  readonly look: Look;
}

const NAMES: Readonly<Record<Look, string>> = {
  read: 'Read its state',
  ahead: 'How far ahead',
  steer: 'Steer it',
  credit: 'Credit',
};

interface InsideProps {
  readonly at: number;
  /** In their order. */
  readonly offers: readonly Look[];
}

export function Inside({ at, offers }: InsideProps) {
  const panel = useId();
  const Panel = useSignal<{ readonly of: ComponentType<PanelProps> } | undefined>(undefined);
  const failed = useSignal(false);
  const present = looks.value;
  const look = present && offers.includes(present) ? present : undefined;
  const load = (): void => {
    failed.value = false;
    import('./panel.tsx').then(
      (found) => {
        Panel.value = { of: found.Panel };
      },
      () => {
        failed.value = true;
      },
    );
  };
  useEffect(() => {
    if (look && !Panel.peek()) load();
  }, [look]);
  const Shown = Panel.value?.of;
  return (
    <section class="panel inside" aria-label="Inside the agent">
      <div class="inside-head">
        <h3>Inside the agent</h3>
        <div class="inside-looks">
          {offers.map((one) => (
            <button
              type="button"
              class="button tool"
              aria-expanded={one === look}
              aria-controls={panel}
              onClick={() => lookAt(one === look ? undefined : one)}
            >
              {NAMES[one]}
            </button>
          ))}
        </div>
      </div>
      <div class="inside-body" id={panel} hidden={look === undefined}>
        {look && Shown && <Shown at={at} look={look} />}
        {look && !Shown && !failed.value && <p class="muted small">Loading …</p>}
        {failed.value && (
          <Notice kind="bad" actions={<Button onClick={load}>Try again</Button>}>
            This part of the page could not be loaded.
          </Notice>
        )}
      </div>
      {look === undefined && (
        <p class="muted small">
          What its state holds of the tokens to come, beside what the problem alone gives away; and which token is
          credited with the outcome.
        </p>
      )}
    </section>
  );
}
