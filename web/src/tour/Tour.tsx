// A card above the view: in the page's flow, so that it hides nothing and everything stays usable beside it.

import { useEffect, useRef } from 'preact/hooks';
import { draft, view } from '../state/store.ts';
import { Button } from '../ui/parts.tsx';
import { learnt, STOPS } from './steps.ts';
import { at, goTo, learns, leave } from './tour.ts';
import './tour.css';

export function Tour() {
  const card = useRef<HTMLElement>(null);
  // Only beside the view that it speaks of.
  const stop = at.value !== undefined && STOPS[at.value]!.view === view.value ? at.value : undefined;
  const on = stop !== undefined;
  const quit = (): void => {
    // Whoever was in the card goes on at the view, not at the top of the page.
    const inside = card.current?.contains(document.activeElement) === true;
    leave();
    if (inside) document.getElementById('main')?.focus();
  };
  useEffect(() => {
    if (!on) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      // An open explanation takes the key for itself.
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector(':popover-open')) quit();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [on]);
  if (stop === undefined) return null;
  const { brief, text, title } = STOPS[stop]!;
  const first = stop === 0;
  const before = first ? `${learnt(draft.value.task)} ` : '';
  const last = stop === STOPS.length - 1;
  const arrows = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    goTo(stop + by);
  };
  return (
    <section class="tour" ref={card} aria-label="Tour" onKeyDown={arrows}>
      <div class="tour-text" aria-live="polite">
        <p class="small muted number">
          {stop + 1} of {STOPS.length}
        </p>
        <h2>{first && !learns.value ? 'Here an agent learns' : title}</h2>
        <p class="tour-whole">
          {before}
          {text}
        </p>
        <p class="tour-brief">{brief}</p>
      </div>
      <div class="tour-buttons">
        {/* The same buttons at every stop, so that the keyboard stays where it is. */}
        <Button kind="primary" onClick={() => (last ? quit() : goTo(stop + 1))}>
          {last ? 'Done' : 'Next'}
        </Button>
        <Button disabled={stop === 0} onClick={() => goTo(stop - 1)}>
          Back
        </Button>
        <Button kind="quiet" onClick={quit}>
          Leave the tour
        </Button>
      </div>
    </section>
  );
}

export function TourButton() {
  return (
    <Button kind="quiet" onClick={() => goTo(0)}>
      Tour
    </Button>
  );
}
