// Compare in the real page: two trainings of one seed side by side, to the bits that each comes to by itself, and the
// published tutorial's defects as the library reckons them.

import { createTask, TUTORIAL_CEILINGS } from 'innerloop';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { carryOut } from '../browser/page/training.ts';
import { numberIn, openSite, type Site, untilStatus } from './page.ts';

describe.skipIf(!CHROMIUM)('Compare', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  const side = (page: Page, letter: string) => page.locator('.compare-side').nth(letter === 'A' ? 0 : 1);
  const hashOf = (page: Page, letter: string) => side(page, letter).getByText(/^[0-9a-f]{64}$/);

  test('published and repaired: both train to the hashes of Node, and the blind one is warned of as it trains', async () => {
    const { complaints, page } = await site.open({ hash: '#/compare?v=1&pairseed=1' });
    await page.getByRole('button', { name: 'Train both' }).click();
    await side(page, 'A').getByText('the agent does not see its problem').waitFor();
    await page.getByRole('button', { name: 'Train both again' }).waitFor({ timeout: 100_000 });
    for (const [letter, task] of Object.entries({ A: 'tutorial', B: 'calculator' })) {
      const { hash, solved } = await carryOut({ input: { task, seed: 1 } });
      expect(await hashOf(page, letter).textContent()).toBe(hash);
      await side(page, letter).getByText(`npx innerloop train ${task} --seed 1`, { exact: true }).waitFor();
      const best = Math.max(...solved);
      if (best === 1)
        await page.getByRole('region', { name: 'Levels of A and B' }).getByText('100 %').first().waitFor();
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('what the published tutorial pays for is reckoned in the page, to the figures of the library', async () => {
    // Named, so that nothing trains by itself beside the reckoning.
    const { page } = await site.open({ hash: '#/compare?v=1&pair=tutorial' });
    const table = page.getByRole('region', { name: 'Rewards and right answers' });
    // At once, from what the library keeps; what is reckoned then comes to the same.
    await table.getByRole('row').nth(3).waitFor();
    const holds = async () => {
      for (const [level, { bestReward }] of TUTORIAL_CEILINGS.entries()) {
        const { name } = createTask('tutorial').levels[level]!;
        const row = await table.getByRole('row', { name: new RegExp(`^${name}`) }).textContent();
        expect(row).toContain(bestReward.program.join(' '));
        expect(row).toContain(bestReward.reward.toFixed(2));
        expect(row).toMatch(new RegExp(`${(100 * bestReward.solved).toFixed(1)}\\s%`));
      }
    };
    await holds();
    await page.getByText('The agent never sees its problem').waitFor({ timeout: 100_000 });
    await holds();
    await page.close();
  });

  test('the two share few processors fairly, pause together, and rest while one looks elsewhere', async () => {
    const { page } = await site.open({
      hash: '#/compare?v=1&pair=hindsight',
      before: () => {
        Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
      },
    });
    await page.getByRole('button', { name: 'Train both' }).click();
    await expect.poll(() => numberIn(page, 'update-B'), { timeout: 60_000 }).toBeGreaterThan(10);
    const [a, b] = [await numberIn(page, 'update-A'), await numberIn(page, 'update-B')];
    expect(Math.max(a, b)).toBeLessThan(3 * Math.min(a, b) + 10);
    await page.getByRole('button', { name: 'Pause both' }).click();
    await page.getByText('Both are paused').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Learn' }).click();
    // What waited for the two goes on.
    await untilStatus(page, 'learning', 'finished');
    await page.getByRole('navigation').getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.close();
  });

  test('the first pair trains by itself, and the ceilings of what reads are those of programs that do', async () => {
    const { page } = await site.open({ hash: '#/compare?v=1' });
    await page.getByRole('button', { name: 'Pause both' }).waitFor();
    await page.getByLabel('Memory and none').check();
    await page.getByRole('button', { name: 'Train both' }).click();
    const table = page.getByRole('region', { name: 'Levels of A and B' });
    await table.getByRole('columnheader', { name: 'at most without memory' }).waitFor();
    expect(await table.getByRole('columnheader', { name: 'fixed program' }).count()).toBe(0);
    await page.close();
  });

  test('pair and seed stand in the address; one that is not known is told', async () => {
    const { page } = await site.open({ hash: '#/compare?v=1&pair=cats' });
    await page.getByText('There is no pair').waitFor();
    await page.getByLabel('Memory and none').check();
    await page.getByLabel('Seed').fill('4');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('pair=memory&pairseed=4');
    const { hash } = new URL(page.url());
    await page.close();
    const again = await site.open({ hash });
    expect(await again.page.getByLabel('Memory and none').isChecked()).toBe(true);
    expect(await again.page.getByLabel('Seed').inputValue()).toBe('4');
    await again.page.close();
  });
});
