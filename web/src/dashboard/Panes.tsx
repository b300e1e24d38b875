// What is beside the list: curves and settings of the selected runs, or all of one run.

import { useEffect, useRef } from 'preact/hooks';
import { Curves } from './Curves.tsx';
import { RunPane } from './RunPane.tsx';
import { Settings } from './Settings.tsx';
import { opened, PANES, type Pane, pane, showPane } from './selection.ts';
import './panes.css';

const TITLES: Readonly<Record<Pane, string>> = { curves: 'Curves', settings: 'Settings', run: 'One run' };

/** Share of the screen's height above which the tabs are in sight with something below them. */
const FOLD = 0.7;

export function Panes() {
  const tabs = useRef<HTMLDivElement>(null);
  // Where the list fills the screen, what is opened would be out of sight.
  const shown = useRef(opened.peek());
  useEffect(() => {
    if (opened.value === undefined || opened.value === shown.current) return;
    shown.current = opened.value;
    const element = tabs.current!;
    if (element.getBoundingClientRect().top > innerHeight * FOLD) element.scrollIntoView();
  }, [opened.value]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = PANES[(PANES.indexOf(pane.peek()) + step + PANES.length) % PANES.length]!;
    showPane(to);
    tabs.current?.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return (
    <section class="runs-side" aria-label="Of the runs">
      <div class="runs-tabs" role="tablist" aria-label="What is shown of the runs" ref={tabs} onKeyDown={move}>
        {PANES.map((name) => (
          <button
            type="button"
            role="tab"
            key={name}
            id={`tab-${name}`}
            aria-selected={pane.value === name}
            aria-controls="runs-pane"
            tabIndex={pane.value === name ? 0 : -1}
            onClick={() => showPane(name)}
          >
            {TITLES[name]}
          </button>
        ))}
      </div>
      <div id="runs-pane" class="runs-pane" role="tabpanel" aria-labelledby={`tab-${pane.value}`}>
        <Present />
      </div>
    </section>
  );
}

function Present() {
  switch (pane.value) {
    case 'curves':
      return <Curves />;
    case 'settings':
      return <Settings />;
    case 'run':
      return <RunPane />;
    default:
      return pane.value satisfies never;
  }
}
