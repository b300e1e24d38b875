// Watch in the real page: an agent in training or from a file answers problems in the open; programs can be gone through,
// problems be typed, and a link shows the very same to the bit.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { serious, tooWide } from './axe.ts';
import { killWorkers, openSite, type Site, TRAINED_AGENT, untilUpdate } from './page.ts';

const CALCULATOR = '#/watch?v=1&task=calculator&step=0';
const TRAINED = `#/watch?v=1&${TRAINED_AGENT}&step=0`;
/** Trained in seconds: enough to see that it looks at its problem. */
const EXPRESSIONS =
  '#/watch?v=1&task=expressions&set=updates=12&set=batch=64&set=task.options.operators=3&set=algorithm.uniform.over=10&step=0';

describe.skipIf(!CHROMIUM)('Watch', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });

  afterAll(() => site.close());

  const trained = (page: Page) => page.getByText(/2[2-4] of 24 right/).waitFor({ timeout: 100_000 });
  const slider = (page: Page) => page.getByRole('slider', { name: 'Place in the program' });

  test('an agent is followed while it learns, and its program gone through with the machine beside it', async () => {
    const { complaints, page } = await site.open({ hash: CALCULATOR });
    await trained(page);
    const scrubber = slider(page);
    await scrubber.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    expect(await scrubber.getAttribute('aria-valuetext')).toMatch(/^token 4 of 7: \[MUL\] is chosen$/);
    const machine = page.getByRole('region', { name: 'The machine' });
    expect(await machine.textContent()).toMatch(/accumulatornothing held.*number for later\.\d+operands left/);
    expect(await page.locator('.bar[data-chosen=true]').textContent()).toMatch(/^\[MUL\]\d\d/);
    expect(await page.locator('.context-token[data-used=true]').count()).toBe(3);
    // Arrow keys work wherever the focus is.
    await page.getByRole('button', { name: 'Copy link' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => scrubber.getAttribute('aria-valuetext')).toContain('token 3 of 7');
    await scrubber.focus();
    await page.keyboard.press('End');
    expect(await page.locator('.score-end').textContent()).toContain('right');
    await expect.poll(() => page.url()).toContain('step=7');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a program plays by itself, and stops when a person takes over', async () => {
    const { page } = await site.open({ hash: TRAINED });
    await trained(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => Number(await slider(page).inputValue()), { timeout: 20_000 }).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'One token back' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.close();
  });

  test('a problem of one’s own is answered, and the library says what is no problem', async () => {
    const { page } = await site.open({ hash: TRAINED });
    await trained(page);
    const field = page.getByLabel('A problem of your own');
    expect(await field.getAttribute('placeholder')).toBe('3 4 5 6 7');
    await field.fill('9 9 9');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '9·9 + 9 = 90' }).waitFor();
    expect(page.url()).toContain('own=9%209%209');
    await field.fill('nine');
    await page.keyboard.press('Enter');
    await page.getByText('problem: expected 3, 4 or 5 digits from 0 to 9').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.close();
  });

  test('whoever looks at an agent from elsewhere trains nothing until something else is looked at', async () => {
    const { page } = await site.open({ hash: TRAINED });
    await page.locator('.score').waitFor();
    // The one that plays.
    expect(page.workers()).toHaveLength(1);
    await page.getByRole('navigation').getByRole('link', { name: 'Learn', exact: true }).click();
    await untilUpdate(page, 1);
    expect(page.workers()).toHaveLength(2);
    await page.close();
  });

  test('an address with another task’s problem says so, and shows one of this task', async () => {
    const { page } = await site.open({ hash: `${TRAINED}&own=x1%20-%20x2` });
    await page.getByText('problem: expected 3, 4 or 5 digits from 0 to 9').waitFor();
    await page.locator('.score').waitFor();
    await page.close();
  });

  test('an expression is compiled in sight of what the agent looks at, and its states stand in a table', async () => {
    const { complaints, page } = await site.open({ hash: EXPRESSIONS });
    const field = page.getByLabel('A problem of your own');
    expect(await field.getAttribute('placeholder')).toBe('x1 * x4 - x0 * x2');
    await field.fill('x1*(x0-x2)');
    await page.getByRole('button', { name: 'Compile' }).click();
    await page.getByRole('heading', { name: 'x1 * (x0 - x2)' }).waitFor();
    expect(await page.locator('.context-token').count()).toBe(7);
    const shares = await page
      .locator('.context-token')
      .evaluateAll((tokens) => tokens.map((token) => Number((token as HTMLElement).style.getPropertyValue('--share'))));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
    await page.getByText('A shortest right program: x0 - x2 * x1 ANS').waitFor();
    const painted = await page.locator('canvas.heat-map').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data).size;
    });
    expect(painted).toBeGreaterThan(20);
    await page.getByText('All points as a table').click();
    const rows = page.locator('.table-scroll tbody tr');
    await rows.nth(30).waitFor();
    await rows.nth(30).getByRole('button').click();
    await expect.poll(() => page.url()).toContain('pick=');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a link of an agent that was still learning shows the same again, to the bit', async () => {
    const { page } = await site.open({ hash: CALCULATOR });
    const hash = page.locator('.agent-name code');
    await hash.waitFor();
    await page.getByRole('checkbox', { name: 'Follow the training' }).uncheck();
    await page.getByLabel('A problem of your own').fill('8 7 6 5 4');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '8·7 + 6 − 5·4 = 42' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'One token on' }).click();
    const [held, program] = [await hash.textContent(), await page.locator('.score').textContent()];
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied').first().waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/update=\d+/);
    await page.close();
    const again = await site.open({ hash: new URL(link).hash });
    await again.page.getByText('Replayed to the bit').waitFor({ timeout: 100_000 });
    expect(await again.page.locator('.agent-name code').textContent()).toBe(held);
    expect(await again.page.locator('.score').textContent()).toBe(program);
    expect(await slider(again.page).inputValue()).toBe('1');
    expect(again.complaints).toEqual([]);
    await again.page.close();
  });

  test('the address keeps the token and what is open of the inside', async () => {
    const first = await site.open({ hash: TRAINED });
    await trained(first.page);
    await slider(first.page).focus();
    for (let i = 0; i < 2; i++) await first.page.keyboard.press('ArrowRight');
    await first.page.getByRole('button', { name: 'Credit', exact: true }).click();
    await expect.poll(() => first.page.url()).toMatch(/&step=2&inside=credit$/);
    const again = await site.open({ hash: new URL(first.page.url()).hash });
    await first.page.close();
    await again.page.getByTestId('credit').waitFor({ timeout: 60_000 });
    await expect.poll(() => slider(again.page).getAttribute('aria-valuetext')).toContain('token 3 of');
    // The beginning is a place, too: a program that plays by itself does not stay there.
    await slider(again.page).focus();
    await again.page.keyboard.press('Home');
    await expect.poll(() => again.page.url()).toContain('&step=0&');
    await again.page.close();
  });

  test('what is no checkpoint is told, from a file and from an address, and there is a way on', async () => {
    // A training that goes on for minutes.
    const { page } = await site.open({ hash: '#/watch?v=1&task=expressions&step=0' });
    await page.locator('.score').waitFor();
    const bad = join(site.folder, 'bad.safetensors');
    writeFileSync(bad, 'nothing of the kind');
    await page.getByLabel('Open a checkpoint').setInputFiles(bad);
    const told = page.getByRole('alert').getByText('bad.safetensors');
    await told.waitFor();
    // The agent in training comes anew meanwhile, and does not sweep the sentence away.
    const name = page.locator('.agent-name');
    const before = await name.innerText();
    await expect.poll(() => name.innerText(), { timeout: 30_000 }).not.toBe(before);
    expect(await told.count()).toBe(1);
    await page.getByRole('button', { name: 'Read it again' }).click();
    await told.waitFor();
    await page.getByRole('button', { name: 'Go on without it' }).click();
    await expect.poll(() => told.count()).toBe(0);
    await page.locator('.score').waitFor();
    await page.close();
    for (const [address, words] of [
      ['bad.safetensors', 'bad.safetensors'],
      ['nowhere.safetensors', 'is not there (404)'],
      ['https://example.org/a.safetensors', 'is of another site'],
      ['local:0123456789ab', 'from a file on somebody’s disk'],
    ] as const) {
      const other = await site.open({ hash: `${CALCULATOR}&agent=${encodeURIComponent(address)}` });
      await other.page.getByRole('alert').getByText(words).waitFor();
      await other.page.getByRole('button', { name: 'Look at the training' }).click();
      await other.page.locator('.score').waitFor();
      await other.page.close();
    }
  });

  test('a player that was killed is told of, and another one takes its place', async () => {
    const { page } = await site.open({
      hash: CALCULATOR,
      // What counts as silence passes sooner.
      before: () => {
        const { setTimeout } = window;
        Object.assign(window, {
          setTimeout: (then: () => void, ms: number) => setTimeout(then, ms === 20_000 ? 8000 : ms),
        });
      },
    });
    await page.locator('.score').waitFor();
    await page.getByRole('checkbox', { name: 'Follow the training' }).uncheck();
    await killWorkers(page);
    await page.getByRole('button', { name: 'Next problem' }).click();
    await page.getByText('has not answered for a long time').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Try again' }).click();
    const listed = page.locator('.problem[aria-current=true] .problem-text');
    const said = () => page.locator('.stage-problem').innerText();
    await expect.poll(async () => (await said()) === (await listed.innerText()), { timeout: 30_000 }).toBe(true);
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await page.close();
  });

  test('a graph has a title and comes first; its tokens are folded up, and its letters can be read on a phone', async () => {
    const { page } = await site.open({ hash: '#/watch?v=1&task=routes&set=batch=32&step=0' });
    await page.getByRole('heading', { name: /^\w → \w, \d+ links, cheapest \d+$/ }).waitFor({ timeout: 100_000 });
    await page.locator('.problem').nth(23).waitFor({ timeout: 100_000 });
    for (const title of await page.locator('.problem-text').allTextContents()) {
      expect(title).toMatch(/^\w → \w, \d+ links?, cheapest \d+$/);
    }
    const tokens = page.locator('.context-token').first();
    expect(await tokens.isVisible()).toBe(false);
    expect(await page.getByRole('link', { name: /^Touch it/ }).textContent()).not.toContain('memory');
    await page.getByText(/^What the agent is shown: \d+ tokens/).click();
    const [graph, row] = [await page.locator('.graph').boundingBox(), await tokens.boundingBox()];
    expect(graph!.y).toBeLessThan(row!.y);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect
      .poll(() =>
        page
          .locator('.edge-price')
          .first()
          .evaluate((label) => label.getBoundingClientRect().height),
      )
      .toBeGreaterThan(12);
    await page.close();
  });

  test('a problem that the address asks for by number and that there is not is told of, once', async () => {
    for (const [pick, words] of [
      ['99.99999999', "problem '99.99999999', which is not understood: expected a level and a number below 1000"],
      ['7.1', "problem '7.1', and this agent’s levels are numbered from 0 to 2"],
    ] as const) {
      const { page } = await site.open({ hash: `${TRAINED}&pick=${pick}` });
      const told = page.getByText(words);
      await told.waitFor();
      await page.locator('.score').waitFor();
      await page.getByRole('button', { name: 'Understood' }).click();
      await page.getByRole('button', { name: 'One token on' }).click();
      await expect.poll(() => page.url(), { timeout: 30_000 }).toContain('step=1');
      expect(await told.count()).toBe(0);
      await page.close();
    }
  });

  test('digits that an agent of names cannot read are led to the preset that reads them', async () => {
    const { page } = await site.open({ hash: EXPRESSIONS });
    await page.getByLabel('A problem of your own').fill('(3*4+5)-(6*7)');
    await page.getByRole('button', { name: 'Compile' }).click();
    await page.getByText('Literal digits need the preset').waitFor();
    await page.getByRole('link', { name: 'open it with this problem' }).click();
    await page.getByRole('heading', { name: '3 * 4 + 5 - 6 * 7' }).waitFor({ timeout: 100_000 });
    expect(page.url()).toContain('preset=digits');
    await page.close();
  });

  test('the program stays in sight, and little of a screen is given to it', async () => {
    const { page } = await site.open({ hash: `${CALCULATOR.replace('#/watch', '#/touch')}&update=20` });
    await page.locator('.plane').waitFor({ timeout: 100_000 });
    for (const size of [
      { width: 1280, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      await page.evaluate(() => scrollTo(0, 900));
      await expect
        .poll(async () => Math.abs((await page.locator('.stage-program').boundingBox())!.y), { timeout: 30_000 })
        .toBeLessThan(1);
      expect((await page.locator('.stage-program').boundingBox())!.height).toBeLessThan(0.25 * size.height);
      // Not under anything else.
      await page.getByRole('button', { name: 'One token on' }).click({ trial: true });
    }
    await page.close();
  });

  test('every task is watched without a complaint', async () => {
    for (const task of ['tutorial', 'countdown', 'recall', 'routes']) {
      const { complaints, page } = await site.open({ hash: `#/watch?v=1&task=${task}&set=batch=32` });
      await page.locator('.plane').waitFor({ timeout: 100_000 });
      expect(await page.locator('.score-cell').count(), task).toBeGreaterThan(0);
      if (task === 'routes') await page.getByRole('img', { name: /^From \w to \w\. Now at \w\./ }).waitFor();
      expect(complaints, task).toEqual([]);
      await page.close();
    }
  });

  test.each(['light', 'dark'] as const)(
    'nothing serious is found by axe, and nothing is too wide for a phone: %s',
    async (theme) => {
      const { page } = await site.open({ hash: EXPRESSIONS, size: { width: 390, height: 844 } });
      await page.getByLabel('Theme').selectOption(theme);
      await page.locator('.plane').waitFor();
      expect(await serious(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
      await page.setViewportSize({ width: 1920, height: 1000 });
      expect(await serious(page)).toEqual([]);
      await page.close();
    },
  );
});
