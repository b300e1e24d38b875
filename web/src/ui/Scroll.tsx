// What may be wider than the page: it scrolls by itself, by keyboard too.

import type { ComponentChildren } from 'preact';
import './scroll.css';

export function Scroll({ children, label }: { children: ComponentChildren; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
