// A term of the field with its plain explanation, on hover and on focus.

import type { ComponentChildren } from 'preact';
import { useExplanation } from './explanation.tsx';
import type { TermName } from './glossary.ts';

/** @param of its entry in the glossary. @param id for fields that it is the label of. */
export function Term({ children, id, of }: { children: ComponentChildren; id?: string; of: TermName }) {
  const { attributes, box, show } = useExplanation(of);
  return (
    <>
      <button type="button" class="term" id={id} onClick={show} {...attributes}>
        {children}
      </button>
      {box}
    </>
  );
}
