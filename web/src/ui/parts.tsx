// Small parts that all views share.

import type { ComponentChildren } from 'preact';
import { useCopying } from './copying.ts';
import { Term } from './Term.tsx';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'quiet';
  readonly disabled?: boolean;
  /** What a button with an icon alone is called, or what says more than its text. */
  readonly label?: string;
  readonly onClick: () => void;
}

export function Button({ children, disabled = false, kind, label, onClick }: ButtonProps) {
  return (
    <button type="button" class="button" data-kind={kind} disabled={disabled} aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}

interface NoticeProps {
  readonly children: ComponentChildren;
  readonly kind?: 'bad';
  /** Buttons: the ways on. */
  readonly actions?: ComponentChildren;
}

/** A sentence that matters, and the ways on. */
export function Notice({ actions, children, kind }: NoticeProps) {
  return (
    <div class="notice" data-kind={kind} role={kind === 'bad' ? 'alert' : 'status'}>
      <div>{children}</div>
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  );
}

/** Where there is nothing yet: what will be here, and how to get it. */
export function Empty({
  actions,
  children,
  title,
}: {
  title: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <div class="muted">{children}</div>
      {actions}
    </div>
  );
}

/** Text in a fixed width, with a button that copies it. */
export function Copy({ label, text }: { label: string; text: string }) {
  const { copy, said } = useCopying(() => 'Select it and copy by hand');
  return (
    <div class="copy">
      <code>{text}</code>
      <Button kind="quiet" label={`Copy ${label}`} onClick={() => copy(text)}>
        {said || 'Copy'}
      </Button>
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}

/** @param of whom, where there are several. */
export function ParameterHash({ hash, of }: { hash: string | undefined; of?: string }) {
  return (
    <div class="field">
      <span class="field-label">
        <Term of="hash">Parameter hash</Term>
      </span>
      {hash === undefined ? (
        <p class="small muted">Stands here when the training has ended.</p>
      ) : (
        <Copy label={`the parameter hash${of === undefined ? '' : ` of ${of}`}`} text={hash} />
      )}
    </div>
  );
}

/** A line of a list of facts (`dl`). */
export function Fact({ children, name }: { children: ComponentChildren; name: ComponentChildren }) {
  return (
    <div>
      <dt class="small muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
