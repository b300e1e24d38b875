// Light, dark, or as the system has it; remembered where the browser lets us.

import { effect, signal } from '@preact/signals';
import { themeChanged } from '../ui/colours.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'innerloop theme';

function remembered(): Theme {
  try {
    return THEMES.find((one) => one === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

export const theme = signal<Theme>(remembered());

export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const chosen = theme.value === 'system' ? (dark.matches ? 'dark' : 'light') : theme.value;
    document.documentElement.dataset.theme = chosen;
    themeChanged();
  };
  dark.addEventListener('change', apply);
  effect(apply);
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that keeps nothing shows the choice until the page is closed.
  }
}
