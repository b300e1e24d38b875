// A button with a small panel under it, which goes away with Escape or a press elsewhere.

import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import './popover.css';

const MARGIN = 8;

interface PopoverProps {
  readonly children: ComponentChildren;
  /** What the button says. */
  readonly title: ComponentChildren;
  readonly label: string;
  readonly isActive: boolean;
}

export function Popover({ children, isActive, label, title }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = (): void => {
    const anchor = button.current!.getBoundingClientRect();
    const box = panel.current!;
    box.style.left = `${Math.max(MARGIN, Math.min(anchor.left, innerWidth - box.offsetWidth - MARGIN))}px`;
    box.style.top = `${anchor.bottom + 4}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button runs-facet"
        data-active={isActive}
        aria-haspopup="dialog"
        popovertarget={id}
      >
        {title}
        <svg viewBox="0 0 10 6" aria-hidden="true" class="runs-arrow">
          <path d="m1 1 4 4 4-4" />
        </svg>
      </button>
      <div
        ref={panel}
        id={id}
        class="runs-popover"
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={(event) => {
          if ((event as unknown as ToggleEvent).newState !== 'open') return;
          place();
          panel.current?.querySelector<HTMLElement>('input, button')?.focus();
        }}
      >
        {children}
      </div>
    </>
  );
}
