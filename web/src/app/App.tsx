// The page around its views: name, navigation, theme, what has to be said.

import { useEffect, useRef } from 'preact/hooks';
import { addressOf, dismiss, notices, view } from '../state/store.ts';
import { Tour, TourButton } from '../tour/Tour.tsx';
import { Button, Notice } from '../ui/parts.tsx';
import './app.css';
import { Drop } from './Drop.tsx';
import { Frame } from './Frame.tsx';
import { chooseTheme, THEMES, type Theme, theme } from './theme.ts';
import { VIEWS } from './views.ts';

export function App({ missing }: { missing: string | undefined }) {
  const present = useRef<HTMLAnchorElement>(null);
  // On a phone there is no room for all names at once.
  useEffect(() => present.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [view.value]);
  return (
    <>
      <button type="button" class="skip button" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <header class="head">
        <a class="name" href="#/learn">
          <Mark />
          innerloop
        </a>
        <nav aria-label="Views" class="views">
          {VIEWS.map(({ name, title }) => (
            <a href={addressOf(name)} {...(view.value === name && { 'aria-current': 'page' as const, ref: present })}>
              {title}
            </a>
          ))}
        </nav>
        <div class="head-tools">
          <TourButton />
          <label class="theme small">
            <span class="visually-hidden">Theme</span>
            <select
              class="input"
              value={theme.value}
              onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}
            >
              {THEMES.map((name) => (
                <option value={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div class="notices" aria-live="polite">
          {missing && <Notice kind="bad">{missing}</Notice>}
          {notices.value.map((sentence) => (
            <Notice
              key={sentence}
              actions={
                <Button kind="quiet" onClick={() => dismiss(sentence)}>
                  Understood
                </Button>
              }
            >
              {sentence}
            </Notice>
          ))}
          <Drop />
        </div>
        <Tour />
        <Frame name={view.value} />
      </main>
    </>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <path class="mark-line" d="M16 5a11 11 0 1 0 11 11" />
      <circle class="mark-dot" cx="16" cy="16" r="4" />
      <path class="mark-dot" d="M20.6 7.6 27 5.4l-.6 6.8Z" />
    </svg>
  );
}
