// The tour in the real page: for first-time visitors, five stops, to be left at any time, remembered.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { openSite, type Site, untilUpdate } from './page.ts';

describe.skipIf(!CHROMIUM)('the tour', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  const forget = () => localStorage.removeItem('innerloop tour');

  test('leads through five views by keyboard, while training goes on, and is not offered again', async () => {
    const { complaints, page } = await site.open();
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.getByText('1 of 5').waitFor();
    await untilUpdate(page, 1);
    await tour.getByRole('button', { name: 'Next' }).focus();
    for (const [stop, view] of ['watch', 'touch', 'compare', 'takeaway'].entries()) {
      await page.keyboard.press(stop % 2 === 0 ? 'Enter' : 'ArrowRight');
      await tour.getByText(`${stop + 2} of 5`).waitFor();
      expect(page.url()).toContain(`#/${view}?`);
      expect(await page.evaluate(() => document.activeElement?.closest('.tour') !== null)).toBe(true);
    }
    await page.keyboard.press('ArrowLeft');
    await tour.getByText('4 of 5').waitFor();
    await page.keyboard.press('ArrowRight');
    await tour.getByRole('button', { name: 'Done' }).click();
    await tour.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.goto(site.url);
    await page.reload();
    await untilUpdate(page, 1);
    expect(await tour.count()).toBe(0);
    await page.getByRole('button', { name: 'Tour', exact: true }).click();
    await tour.getByText('1 of 5').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('Escape leaves it from anywhere', async () => {
    const { page } = await site.open({ before: forget });
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.waitFor();
    await page.getByRole('button', { name: 'Step' }).focus();
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => localStorage.getItem('innerloop tour'))).not.toBeNull();
    await page.close();
  });

  test('stands beside the view that it speaks of, and is not offered where nothing can be trained', async () => {
    const { page } = await site.open({ hash: '#/learn?v=1&task=routes', before: forget });
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.getByText('the cheapest way').waitFor();
    expect(await tour.getByText('calculator').count()).toBe(0);
    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await go('Touch');
    await tour.getByText('3 of 5').waitFor();
    await go('Runs');
    await tour.waitFor({ state: 'detached' });
    await go('Learn');
    await tour.getByText('1 of 5').waitFor();
    await page.close();
    const { page: lacking } = await site.open({
      before: () => {
        WebAssembly.validate = () => false;
        localStorage.removeItem('innerloop tour');
      },
    });
    await lacking.getByRole('alert').first().waitFor();
    expect(await lacking.getByRole('region', { name: 'Tour' }).count()).toBe(0);
    await lacking.close();
  });

  test('does not come between a link and the view that it leads to', async () => {
    const { page } = await site.open({ hash: '#/compare?v=1', before: forget });
    await page.getByRole('heading', { name: 'Compare' }).waitFor();
    expect(await page.getByRole('region', { name: 'Tour' }).count()).toBe(0);
    await page.close();
  });

  test('works where the browser keeps nothing', async () => {
    const { complaints, page } = await site.open({
      before: () => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      },
    });
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.getByRole('button', { name: 'Next' }).click();
    await tour.getByText('2 of 5').waitFor();
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    await page.getByLabel('Theme').selectOption('dark');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
