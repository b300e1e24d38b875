// The look inside, in the real page: what probes read of a state beside their controls, how far ahead, a problem's state
// dropped onto another's program, steering with its control, and credit. All of it comes back with its address.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { serious, tooWide } from './axe.ts';
import { keepPicture, openSite, type Site, TRAINED_AGENT } from './page.ts';

/** Trainings and probes on a shared machine: a limit against hanging, not a measure. */
const LONG = { timeout: 100_000 };
const SIZES = [
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const address = (view: string, agent: string, more: string) =>
  `#/${view}?v=1&${agent}&own=3%204%205%206%207${more === '' ? '' : `&${more}`}`;
const calculator = (view: string, more = '') => address(view, TRAINED_AGENT, more);
/** One that learns meanwhile. */
const learning = (view: string, more: string) => address(view, 'task=calculator', more);

describe.skipIf(!CHROMIUM)('a look inside', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  const trained = (page: Page) => page.getByText(/2[2-4] of 24 right/).waitFor(LONG);
  const readings = (page: Page) => page.getByTestId('readings');
  const line = (page: Page, asked: string) => readings(page).getByRole('row', { name: asked });
  /** The probes are of the agent on view. */
  const settled = (page: Page) =>
    expect.poll(() => page.getByTestId('probes').textContent(), LONG).not.toContain('by now');
  const look = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  test('nothing of it is loaded before somebody looks', async () => {
    const { page } = await site.open({ hash: calculator('watch') });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await trained(page);
    expect(asked.filter((url) => /panel-|prober-/.test(url))).toEqual([]);
    await look(page, 'How far ahead').click();
    await page.getByTestId('probes').waitFor(LONG);
    expect(asked.filter((url) => /panel-|prober-/.test(url)).length).toBeGreaterThan(1);
    await page.close();
  });

  test('probes read what comes, the inputs alone beside them, and follow the person through the program', async () => {
    const { complaints, page } = await site.open({ hash: calculator('watch', 'step=2&inside=read') });
    await trained(page);
    await readings(page).waitFor(LONG);
    await settled(page);
    const memory = await line(page, 'memory to come').textContent();
    expect(memory).toMatch(/yes.*yes.*yes.*inputs alone|yes.*yes.*yes.*untrained|yes.*yes.*yes.*answer/);
    expect(await readings(page).getByRole('columnheader', { name: 'inputs alone' }).count()).toBe(1);
    const slider = page.getByRole('slider', { name: 'Place in the program' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Before token 4,').waitFor();
    await page.keyboard.press('End');
    await page.getByText('The program has ended: go back to a token.').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the matrix of look-ahead has selectivity, and is made anew while the agent learns', async () => {
    const { page } = await site.open({ hash: learning('watch', 'inside=ahead') });
    await page.getByTestId('matrix').waitFor(LONG);
    expect(await page.getByTestId('matrix').locator('.square').first().textContent()).toMatch(/^(0|[+−]\d+)$/);
    expect(await page.getByTestId('matrix').locator('.square').first().getAttribute('title')).toMatch(/^state \d+ %, /);
    await page.getByRole('img', { name: /^Mean selectivity beyond the next token/ }).waitFor(LONG);
    await page.close();
  });

  test('a problem’s state is put into another program, by drag and drop and by its button', async () => {
    const { complaints, page } = await site.open({ hash: calculator('touch', 'step=2') });
    await trained(page);
    const problems = page.getByRole('region', { name: 'Problems' });
    await page.getByRole('button', { name: 'No. 6: put its state before token 3' }).click();
    await expect.poll(() => page.url()).toContain('do=2:state:swap:2.5');
    await page.getByText('✱ before token 3: state of problem no. 6').waitFor();
    await page.getByRole('button', { name: 'Leave it alone' }).click();
    await page.locator('.outcome').getByText('Nothing is done to the agent yet').waitFor();
    // Both ends of the way in sight: a page that scrolls in the middle of it drags something else.
    await page.evaluate(() => scrollTo(0, 0));
    await problems.locator('.problem').nth(3).dragTo(page.locator('.score-cell').nth(1));
    await expect.poll(() => page.url()).toContain('do=1:state:swap:2.3');
    await page.locator('.outcome .verdict').first().waitFor();
    // This agent reads its problem once: later there is no encoded context to put there.
    expect(await page.getByRole('radio', { name: 'its encoded context' }).isDisabled()).toBe(true);
    await page.getByText('reads its problem once, before its first token').first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a slider steers along a direction, with a random one as its control, and the address has it', async () => {
    const { complaints, page } = await site.open({ hash: calculator('touch', 'step=2&inside=steer') });
    await trained(page);
    const slider = page.getByRole('slider', { name: /^Push before token 3/ });
    await slider.waitFor(LONG);
    await settled(page);
    // It begins with what the state tells most of, and towards what is not so already.
    const about = page.getByLabel('What the direction is of');
    const offered = await about.locator('option').allTextContents();
    const selectivity = offered.map((words) => Number(/selectivity (.+)\)$/.exec(words)![1]!.replace('−', '-')));
    expect(selectivity).toEqual(selectivity.toSorted((a, b) => b - a));
    expect(await about.evaluate((list: HTMLSelectElement) => list.selectedIndex)).toBe(0);
    await look(page, 'Read its state').click();
    const asked = offered[0]!.replace(/ \(selectivity.*/, '');
    const present = readings(page)
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: asked, exact: true }) });
    await present.waitFor(LONG);
    const is = await present.getByRole('cell').nth(3).textContent();
    await look(page, 'Steer it').click();
    const towards = page.getByLabel('Towards').locator('option:checked');
    await expect.poll(() => towards.textContent()).not.toBe(is);
    await about.selectOption({ index: 0 });
    await page.getByLabel('Towards').selectOption({ index: 0 });
    await slider.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.url(), LONG).toMatch(/do=2:steer:[^:]+=[^:]+:20/);
    const programs = page.locator('.steer-programs dd');
    await programs.nth(1).locator('.verdict').waitFor(LONG);
    const steered = await programs.nth(1).textContent();
    const address = new URL(page.url()).hash;
    await page.getByRole('checkbox', { name: /^Control/ }).check();
    await expect.poll(() => page.url()).toMatch(/:20:random/);
    await page.getByText('✱ before token 3: state pushed in a random direction by +20').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    const again = await site.open({ hash: address });
    await expect.poll(() => again.page.locator('.steer-programs dd').nth(1).textContent(), LONG).toBe(steered);
    await again.page.close();
  });

  test('credit by four estimators, and the token that decided', async () => {
    const { complaints, page } = await site.open({ hash: calculator('touch', 'inside=credit') });
    await trained(page);
    const credit = page.getByTestId('credit');
    await expect
      .poll(() => credit.getByRole('rowheader').getByRole('button').allTextContents(), LONG)
      .toEqual(['Monte Carlo', 'GAE', 'GRPO', 'RLOO']);
    await page.getByText('The answer is right: no token lost it.').waitFor(LONG);
    const wrong = page.getByLabel('Whose tokens').locator('option', { hasText: 'wrong' });
    await wrong.first().waitFor({ state: 'attached', ...LONG });
    await page.getByLabel('Whose tokens').selectOption((await wrong.first().getAttribute('value'))!);
    await page.getByText(/decided: after it no program|Which token decided is not known|No program of this/).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('what cannot be asked of an agent says why', async () => {
    const hash =
      '#/touch?v=1&task=expressions&preset=transformer&set=updates=6&set=batch=64&set=algorithm.uniform.over=5&inside=steer&do=0:steer:nonsense:4';
    const { page } = await site.open({ hash });
    await page.getByText("is not understood and left out: '0:steer:nonsense:4'").waitFor(LONG);
    await page.locator('.inside-body').getByText('there is no single state to touch').waitFor(LONG);
    expect(await page.getByRole('radio', { name: 'both' }).isDisabled()).toBe(true);
    expect(await page.locator('.problem-put').first().isDisabled()).toBe(true);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'nothing serious is found by axe, and nothing is too wide, on a phone and on a wide screen: %s',
    async (theme) => {
      const { page } = await site.open({ hash: calculator('touch', 'step=1&inside=read') });
      await page.getByLabel('Theme').selectOption(theme);
      await readings(page).waitFor(LONG);
      for (const name of ['How far ahead', 'Steer it', 'Credit', 'Read its state']) {
        await look(page, name).click();
        await page.locator('.matrix, .steer, .credit, .readings').first().waitFor(LONG);
        // Colours are the same at every width.
        for (const size of theme === 'light' ? SIZES : SIZES.slice(0, 1)) {
          await page.setViewportSize(size);
          await keepPicture(page, `${name} ${size.width} ${theme}`);
          expect([await serious(page), await tooWide(page)], `${name}, ${size.width} px`).toEqual([[], 0]);
        }
      }
      await page.close();
    },
  );
});
