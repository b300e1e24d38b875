// The palette as it stands in the present theme, for canvases, which know no custom properties.

import { signal } from '@preact/signals';

/** Colours of categories, in their order; beyond these they repeat, and labels tell them apart. */
export const SERIES = 8;
export const seriesColour = (index: number): string => `--series-${index % SERIES}`;

/** Counts changes of the theme. */
export const themeVersion = signal(0);

const cache = new Map<string, string>();

/** The value of a custom property. */
export function colour(name: string): string {
  let value = cache.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    cache.set(name, value);
  }
  return value;
}

export function themeChanged(): void {
  cache.clear();
  themeVersion.value = themeVersion.peek() + 1;
}
