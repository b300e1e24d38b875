// A term of the field with its plain explanation, on hover and on focus.

import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { GLOSSARY, type TermName } from './glossary.ts';

const MARGIN = 8;

/** @param of its entry in the glossary. @param id for fields that it is the label of. */
export function Term({ children, id, of }: { children: ComponentChildren; id?: string; of: TermName }) {
  const explanation = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const about = useId();

  const show = (): void => {
    const box = explanation.current;
    const anchor = button.current?.getBoundingClientRect();
    if (!box || !anchor || box.matches(':popover-open')) return;
    box.showPopover();
    const { height, width } = box.getBoundingClientRect();
    const left = Math.min(anchor.left, innerWidth - width - MARGIN);
    const below = anchor.bottom + MARGIN;
    const top = below + height > innerHeight ? anchor.top - height - MARGIN : below;
    box.style.left = `${Math.max(MARGIN, left)}px`;
    box.style.top = `${Math.max(MARGIN, top)}px`;
  };
  const hide = (): void => {
    if (explanation.current?.matches(':popover-open')) explanation.current.hidePopover();
  };
  return (
    <>
      <button
        type="button"
        class="term"
        ref={button}
        id={id}
        aria-describedby={about}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={({ key }) => key === 'Escape' && hide()}
      >
        {children}
      </button>
      <span class="explanation" role="tooltip" id={about} popover="manual" ref={explanation}>
        {GLOSSARY[of]}
      </span>
    </>
  );
}
