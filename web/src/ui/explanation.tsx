// A term's plain explanation beside the button that stands for it, on hover and on focus.

import type { JSX, RefObject } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { GLOSSARY, type TermName } from './glossary.ts';

const MARGIN = 8;

interface Explanation {
  /** For the button. */
  readonly attributes: {
    readonly ref: RefObject<HTMLButtonElement>;
    readonly 'aria-describedby': string;
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  /** To stand after the button. */
  readonly box: JSX.Element;
  readonly show: () => void;
}

/** @param term its entry in the glossary. */
export function useExplanation(term: TermName): Explanation {
  const box = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const show = (): void => {
    const shown = box.current;
    const anchor = button.current?.getBoundingClientRect();
    if (!shown || !anchor || shown.matches(':popover-open')) return;
    shown.showPopover();
    const { height, width } = shown.getBoundingClientRect();
    const left = Math.min(anchor.left, innerWidth - width - MARGIN);
    const below = anchor.bottom + MARGIN;
    const top = below + height > innerHeight ? anchor.top - height - MARGIN : below;
    shown.style.left = `${Math.max(MARGIN, left)}px`;
    shown.style.top = `${Math.max(MARGIN, top)}px`;
  };
  const hide = (): void => {
    if (box.current?.matches(':popover-open')) box.current.hidePopover();
  };
  return {
    attributes: {
      ...{ ref: button, 'aria-describedby': id },
      ...{ onMouseEnter: show, onMouseLeave: hide, onFocus: show, onBlur: hide },
      onKeyDown: ({ key }) => {
        if (key === 'Escape') hide();
      },
    },
    box: (
      <span class="explanation" role="tooltip" id={id} popover="manual" ref={box}>
        {GLOSSARY[term]}
      </span>
    ),
    show,
  };
}
