// The views by name, in the order of the navigation. Each is a folder beside this one whose index exports `View`, loaded
// when it is first shown; Learn comes with the page.

import type { ComponentType } from 'preact';
import { View as Learn } from '../learn/index.tsx';

export interface ViewEntry {
  readonly name: string;
  readonly title: string;
  readonly load: () => Promise<{ readonly View: ComponentType }>;
}

/** Where the page opens when its address says nothing: the server of runs asks for those. */
export const opensOn = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="opens-on"]')?.content ?? 'learn';

export const VIEWS: readonly ViewEntry[] = [
  { name: 'learn', title: 'Learn', load: async () => ({ View: Learn }) },
  { name: 'watch', title: 'Watch', load: () => import('../watch/index.tsx') },
  { name: 'touch', title: 'Touch', load: () => import('../touch/index.tsx') },
  { name: 'compare', title: 'Compare', load: () => import('../compare/index.tsx') },
  { name: 'takeaway', title: 'Take away', load: () => import('../takeaway/index.tsx') },
  { name: 'dashboard', title: 'Runs', load: () => import('../dashboard/index.tsx') },
];
