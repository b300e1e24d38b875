// What an automated check of accessibility finds on a page that is open.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is serious or critical, as `rule: where, why`. */
export const serious = (page: Page): Promise<string[]> => faults(page, ['serious', 'critical']);

/** Everything that is found. */
export async function faults(page: Page, impacts?: readonly string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )) as axe.AxeResults;
  return violations
    .filter(({ impact }) => !impacts || impacts.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ any, target }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`));
}

/** By how many pixels the page is wider than its window; what is wide should scroll by itself. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
