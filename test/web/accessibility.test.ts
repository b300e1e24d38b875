// Every view in light and dark, wide and on a phone, through axe: nothing serious, nothing critical; and nothing is
// wider than the screen. `SCREENSHOTS=<folder>` keeps a picture of each.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { serious, tooWide } from './axe.ts';
import { keepPicture, openSite, type Site, untilStatus, untilUpdate } from './page.ts';

const SIZES = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** What must be there before a view is looked at. */
const VIEWS: readonly (readonly [view: string, ready: (page: Page) => Promise<unknown>])[] = [
  ['learn', (page) => untilStatus(page, 'finished')],
  ['watch', (page) => page.locator('.score-cell').first().waitFor()],
  ['touch', (page) => page.locator('.score-cell').first().waitFor()],
  [
    'compare',
    async (page) => {
      await page.getByLabel('Memory and none').check();
      await page.getByRole('button', { name: 'Train both' }).click();
      await page.getByRole('region', { name: 'Levels of A and B' }).waitFor();
      await page.getByRole('button', { name: 'Pause both' }).click();
    },
  ],
  ['takeaway', (page) => page.getByRole('heading', { name: 'The weights' }).waitFor()],
  ['dashboard', (page) => page.locator('main :is(h1, h2)').first().waitFor()],
];

describe.skipIf(!CHROMIUM)('accessibility', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(Object.entries(SIZES))('%s', async (name, size) => {
      const { page } = await site.open({ size, before: () => localStorage.removeItem('innerloop tour') });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await untilUpdate(page, 1);
      await page.getByRole('region', { name: 'Tour' }).waitFor();
      const found: Record<string, readonly string[]> = { tour: await serious(page) };
      await page.keyboard.press('Escape');
      for (const [view, ready] of VIEWS) {
        await page.evaluate((to) => {
          location.hash = `#/${to}?v=1`;
        }, view);
        await ready(page);
        await keepPicture(page, `${view}-${name}-${colorScheme}`);
        found[view] = await serious(page);
        if ((await tooWide(page)) > 0) found[view] = [...found[view]!, 'the page is wider than the screen'];
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((view) => [view, []])));
      await page.close();
    });
  });
});
