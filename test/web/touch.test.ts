// Touch in the real page: what is done to the agent in the middle of a program changes what comes after it, is shown beside
// the program that was left alone, and stands in the address.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { serious, tooWide } from './axe.ts';
import { openSite, type Site, TRAINED_AGENT } from './page.ts';

const CALCULATOR = '#/touch?v=1&task=calculator&own=3%204%205%206%207';
const TRAINED = `#/touch?v=1&${TRAINED_AGENT}&own=3%204%205%206%207`;
/** Trainings on a shared machine: a limit against hanging, not a measure. */
const LONG = { timeout: 100_000 };
const small = (preset: string) =>
  `#/touch?v=1&task=expressions&preset=${preset}&set=updates=6&set=batch=64&set=algorithm.uniform.over=5&step=2`;

describe.skipIf(!CHROMIUM)('Touch', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  const trained = (page: Page) => page.getByText(/2[2-4] of 24 right/).waitFor({ timeout: 100_000 });
  const outcome = (page: Page) => page.locator('.outcome');
  const tokens = (page: Page, line: string) =>
    page
      .locator('.score-cell', { hasText: `${line}, token` })
      .locator('.score-token')
      .allTextContents();

  test('without its memory the agent is wrong, and that is shown beside the program that was left alone', async () => {
    const { complaints, page } = await site.open({ hash: CALCULATOR });
    await trained(page);
    await outcome(page).getByText('Nothing is done to the agent yet').waitFor();
    await page.getByRole('button', { name: 'Is the memory in use?' }).click();
    await outcome(page).getByText('the answer is wrong now').waitFor();
    expect(await tokens(page, 'left alone')).toEqual(['[MUL]', '[ADD]', '[STO]', '[MUL]', '[RCL]', '[SUB]', '[ANS]']);
    expect(await page.getByRole('region', { name: 'Machine, left alone' }).textContent()).toMatch(/later\.17operands/);
    expect(await page.getByRole('region', { name: 'Machine, touched' }).textContent()).toMatch(/later\.emptyoperands/);
    // An agent that goes on learning does not change under one's hands.
    expect(page.url()).toMatch(/do=3:memory:empty/);
    expect(page.url()).toMatch(/update=\d+/);
    expect(await page.getByRole('checkbox', { name: 'Follow the training' }).isChecked()).toBe(false);
    const address = new URL(page.url()).hash;
    const [score, hash] = [
      await page.locator('.score').textContent(),
      await page.locator('.agent-name code').textContent(),
    ];
    await page.getByRole('button', { name: 'Leave it alone' }).click();
    await outcome(page).getByText('Nothing is done to the agent yet').waitFor();
    expect(page.url()).not.toContain('do=');
    expect(complaints).toEqual([]);
    await page.close();
    const again = await site.open({ hash: address });
    await outcome(again.page).getByText('the answer is wrong now').waitFor({ timeout: 100_000 });
    expect(await again.page.locator('.agent-name code').textContent()).toBe(hash);
    await expect.poll(() => again.page.locator('.score').textContent()).toBe(score);
    await again.page.close();
  });

  test('another token is forced by a click on its bar, a tool is masked, and both are taken back', async () => {
    const { complaints, page } = await site.open({ hash: TRAINED });
    await trained(page);
    await page.getByRole('button', { name: /All tokens/ }).click();
    await page.getByRole('button', { name: /^Force \[SUB\]/ }).click();
    await expect.poll(async () => (await tokens(page, 'touched'))[0]).toBe('[SUB]');
    expect(await page.locator('.score-cell[data-changed=true]').first().textContent()).toContain('≠');
    await page.getByText('✱ token 1 forced to [SUB]').waitFor();
    await page.getByRole('button', { name: /^Force \[SUB\]/ }).click();
    await page.getByRole('button', { name: 'Mask [MUL] from token 1 on' }).click();
    await expect.poll(() => tokens(page, 'touched')).not.toContain('[MUL]');
    expect(await page.locator('.bar', { hasText: '[MUL]' }).textContent()).toContain('masked');
    expect(page.url()).toContain('do=0:ban:11');
    await page.getByRole('button', { name: 'Take back: [MUL] masked' }).click();
    await expect.poll(() => page.locator('.done-chip').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a state of another problem makes another program of it', async () => {
    const { page } = await site.open({ hash: `${TRAINED}&step=0` });
    await trained(page);
    await page.getByLabel('Swap with').selectOption('5');
    const state = page.getByRole('group', { name: 'state' });
    await state.getByRole('button', { name: 'Zero it' }).click();
    await outcome(page)
      .getByText(/tokens differ|token differs|stays the same/)
      .waitFor();
    await state.getByRole('button', { name: 'Swap it' }).click();
    await expect.poll(() => page.url()).toContain('do=0:state:swap:2.5');
    expect(await page.locator('.done-chip').count()).toBe(1);
    await page.close();
  });

  test('the state of a problem with another program shows that the plan is in the state', async () => {
    // Of one update, so of the same bits wherever this runs.
    const { complaints, page } = await site.open({ hash: `${CALCULATOR}&update=280` });
    const question = page.getByRole('button', { name: 'Is the plan in the state?' });
    // All problems of a level have one program here, so that the donor is of another level.
    await expect.poll(() => question.isEnabled(), LONG).toBe(true);
    await question.click();
    await outcome(page)
      .getByText(/^From token 2 on it follows the donor, no\. \d of level (add|subtract): /)
      .waitFor();
    await expect.poll(() => page.url(), LONG).toMatch(/do=1:state:swap:[01]\.\d/);
    expect(await tokens(page, 'touched')).not.toContain('[STO]');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('whoever comes from the end of a program is led back to a token, and at the end that is said once', async () => {
    const { page } = await site.open({ hash: `${CALCULATOR.replace('#/touch', '#/watch')}&update=60&step=0` });
    const slider = page.getByRole('slider', { name: 'Place in the program' });
    const place = () => slider.getAttribute('aria-valuetext');
    await slider.focus(LONG);
    await page.keyboard.press('End');
    await expect.poll(place, LONG).toContain('the end');
    await expect.poll(() => page.url(), LONG).not.toContain('step=0');
    await page.getByRole('link', { name: /^Touch it/ }).click(LONG);
    await page.getByText('Nothing is done to the agent yet').waitFor(LONG);
    await expect.poll(place, LONG).toMatch(/^token \d of/);
    const token = /^token \d/.exec((await place())!)![0];
    await page.getByRole('group', { name: 'state' }).getByRole('button', { name: 'Zero it' }).click({ trial: true });
    await slider.focus();
    await page.keyboard.press('End');
    await page.getByText('The program has ended').waitFor(LONG);
    expect(await page.getByText('The program has ended').count()).toBe(1);
    await page.getByRole('button', { name: `Go to ${token}` }).click();
    await expect.poll(place, LONG).toContain(token);
    await page.close();
  });

  test('what an agent or a machine does not allow cannot be chosen, and the reason is said', async () => {
    const { page } = await site.open({ hash: `${TRAINED}&step=1` });
    await page.locator('.score').waitFor();
    const group = (on: Page, name: string) => on.getByRole('group', { name });
    const reason = (on: Page, words: string) => on.locator('.tools p', { hasText: words });
    await page.getByText('The memory is empty here.').waitFor();
    expect(await group(page, 'memory').getByRole('button', { name: 'Empty it' }).isDisabled()).toBe(true);
    await page.getByText('reads its problem once, before its first token: hide it there').waitFor();
    expect(await group(page, 'problem').getByRole('button', { name: 'Hide it' }).isDisabled()).toBe(true);
    await page.close();
    const transformer = await site.open({ hash: small('transformer') });
    await reason(transformer.page, 'A transformer’s state is the whole sequence').waitFor({ timeout: 100_000 });
    expect(await group(transformer.page, 'state').getByRole('button', { name: 'Zero it' }).isDisabled()).toBe(true);
    await transformer.page.close();
    const without = await site.open({ hash: small('no-memory') });
    await reason(without.page, 'This machine has no memory that tools could use.').waitFor({ timeout: 100_000 });
    expect(await without.page.locator('.bar[data-illegal=true] .bar-button').first().isDisabled()).toBe(true);
    await without.page.close();
  });

  test('an agent that looks at its problem is kept from it, and nonsense in an address is told', async () => {
    const { complaints, page } = await site.open({ hash: `${small('default')}&do=1:context:hide,9:dance,0:force:99` });
    await page.getByText('token to force: expected a token id from 0 to 25, received 99').waitFor({ timeout: 100_000 });
    await page.getByText("is not understood and left out: '9:dance'").waitFor();
    await page.getByRole('button', { name: 'Leave it alone' }).first().click();
    await page.getByRole('group', { name: 'problem' }).getByRole('button', { name: 'Hide it' }).click();
    await page.getByText('Hidden from the agent from here on.').waitFor();
    await page.getByRole('img', { name: /^What became of the state/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'nothing serious is found by axe, and nothing is too wide for a phone: %s',
    async (theme) => {
      const hash = `${small('default')}&do=1:state:hide`;
      const { page } = await site.open({ hash, size: { width: 390, height: 844 } });
      await page.getByLabel('Theme').selectOption(theme);
      await page.locator('.plane').waitFor({ timeout: 100_000 });
      await page.locator('.outcome b, .outcome .verdict').first().waitFor();
      expect(await serious(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
      await page.setViewportSize({ width: 1920, height: 1000 });
      expect(await serious(page)).toEqual([]);
      await page.close();
    },
  );
});
