// Begins to train, then shows it.

import './engine/strict.ts';
import { render } from 'preact';
import { App } from './app/App.tsx';
import { missing } from './app/capabilities.ts';
import { workOffline } from './app/offline.ts';
import { followTheme } from './app/theme.ts';
import { opensOn, VIEWS } from './app/views.ts';
import { open } from './state/store.ts';
import { beginOnFirstVisit } from './tour/tour.ts';
import './ui/theme.css';
import './ui/parts.css';

const lacks = missing();
open(
  VIEWS.map(({ name }) => name),
  opensOn(),
  lacks === undefined,
);
followTheme();
if (lacks === undefined) beginOnFirstVisit();
const root = document.getElementById('app')!;
root.replaceChildren();
render(<App missing={lacks} />, root);
workOffline();
