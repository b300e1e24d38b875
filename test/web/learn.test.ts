// Learn in the real page: it opens and learns, to the bits that Node reaches; it pauses, steps and begins anew; its
// address holds all of it; and whatever fails is said, with a way on.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { carryOut } from '../browser/page/training.ts';
import { serve } from '../browser/site.ts';
import { killWorkers, numberIn, openSite, type Site, untilStatus, untilUpdate } from './page.ts';

/** The promise on a first visit, compressed. */
const FIRST_LOAD = 200 * 1024;
/** A training that takes long enough to be interrupted. */
const LONG = '#/learn?v=1&task=expressions&set=batch=32';

describe.skipIf(!CHROMIUM)('Learn', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  test('opens and learns by itself, to the hash of Node, and says which command comes to it', async () => {
    const { complaints, page } = await site.open();
    await untilUpdate(page, 1);
    await untilStatus(page, 'finished');
    const node = await carryOut({ input: { task: 'calculator', seed: 0 } });
    expect(node.hash).toMatch(/^cdb9b83110fd/);
    await page.getByText(node.hash, { exact: true }).waitFor();
    expect(await numberIn(page, 'update')).toBe(node.updates);
    await page.getByText('npx innerloop train calculator --seed 0', { exact: true }).waitFor();
    const solved = await page.locator('.learn-solved .levels tbody').getByRole('row').nth(2).textContent();
    expect(solved).toMatch(/\)100\s%/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('trains on several threads where the server isolates the page and there are cores, to the same hash', async () => {
    const isolated = await serve(site.folder, { isolated: true });
    const page = await site.context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
    });
    await page.goto(isolated.url);
    await page.locator('.learn-facts').getByText('2 threads').waitFor();
    await untilStatus(page, 'finished');
    await page.getByText(/^cdb9b83110fd/).waitFor();
    await page.close();
    isolated.close();
  });

  test('pauses between two updates, takes single steps, and begins anew', async () => {
    const { page } = await site.open({ hash: LONG });
    await untilUpdate(page, 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilStatus(page, 'paused');
    const paused = await numberIn(page, 'update');
    const time = async () => Number.parseFloat((await page.getByTestId('seconds').textContent())!);
    const trained = await time();
    await page.waitForTimeout(3000);
    await page.getByRole('button', { name: 'Step' }).click();
    await untilUpdate(page, paused + 1);
    await untilStatus(page, 'paused');
    expect(await numberIn(page, 'update')).toBe(paused + 1);
    // The pause is no time of training.
    expect((await time()) - trained).toBeLessThan(3);
    await page.getByRole('button', { name: /^Reset/ }).click();
    await page.waitForFunction(() => document.querySelector('[data-testid=update]')?.textContent === '0');
    await untilStatus(page, 'paused');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await untilUpdate(page, 2);
    await page.close();
  });

  test('curves are drawn with the exact ceilings beside them, and can be walked through by keyboard', async () => {
    const { page } = await site.open();
    await untilStatus(page, 'finished');
    await page.getByRole('columnheader', { name: 'best fixed program without memory' }).waitFor();
    expect(await page.locator('.learn-solved .levels tbody').getByRole('row').nth(2).textContent()).toMatch(/19\.0\s%/);
    const chart = page.getByRole('slider', { name: /Share solved by level/ });
    await chart.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/^update 2: /);
    const drawn = await chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value !== 0);
    });
    expect(drawn).toBe(true);
    await page.close();
  });

  test('its address opens the same configuration again', async () => {
    const { page } = await site.open({ hash: LONG });
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.keyboard.press('Enter');
    await page.getByLabel('Curriculum', { exact: true }).selectOption('uniform');
    await page.getByLabel('Operators', { exact: true }).fill('2');
    await page.keyboard.press('Enter');
    const command = page.getByText(/^npx innerloop train expressions/);
    await expect.poll(() => command.textContent()).toContain('task.options.operators=2');
    const before = await command.textContent();
    expect(before).toContain('--seed 7');
    expect(before).toContain('"name":"uniform"');
    const address = new URL(page.url()).hash;
    await page.close();
    const again = await site.open({ hash: address });
    await expect.poll(() => again.page.getByText(/^npx innerloop train expressions/).textContent()).toBe(before);
    expect(await again.page.getByLabel('Curriculum', { exact: true }).inputValue()).toBe('uniform');
    await again.page.close();
  });

  test('what is not possible is said beside its field in the library’s own sentence', async () => {
    const { page } = await site.open({ hash: LONG });
    await page.getByLabel('Updates', { exact: true }).fill('0');
    await page.keyboard.press('Enter');
    const field = page.locator('[data-path=updates]');
    await field.getByText('updates: expected at least 1, received 0', { exact: true }).waitFor();
    expect(await field.locator('input').getAttribute('aria-invalid')).toBe('true');
    await field.getByRole('button', { name: 'back to the preset' }).click();
    await expect.poll(() => field.locator('.error').count()).toBe(0);
    await page.close();
  });

  test.each([
    ['#/nowhere?v=1&task=juggling', ['no view', 'no task']],
    ['#/learn?v=99&task=recall', ['newer version']],
    ['#/learn?v=1&preset=best&seed=-3&set=batch=much&set=%7B%7D=1', ['no preset', 'seed', 'batch', 'not understood']],
    ['#/learn?v=1&set=agent.hiden=8&set=updates=1e99', ['hiden', 'updates']],
    ['#/learn?v=1&set=__proto__.x=1&set=constructor.prototype=2&%%%=%E0%A4%A', ['not understood']],
  ])('nonsense in the address is told, and something is learnt all the same: %s', async (hash, said) => {
    const { complaints, page } = await site.open({ hash });
    for (const words of said) await page.locator('.notices').getByText(words).first().waitFor();
    await untilUpdate(page, 1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a worker that was killed is told of, and its training goes on from the last checkpoint', async () => {
    const { page } = await site.open({ hash: LONG });
    await untilUpdate(page, 3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilStatus(page, 'paused');
    const update = await numberIn(page, 'update');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await untilStatus(page, 'learning');
    await killWorkers(page);
    await page.getByText('has said nothing for some seconds').waitFor();
    await page.getByRole('button', { name: `Go on from update ${update}` }).click();
    await untilUpdate(page, update + 1);
    await untilStatus(page, 'learning');
    await page.close();
  });

  test('every other task opens and learns without a complaint', async () => {
    for (const task of ['tutorial', 'expressions', 'countdown', 'recall', 'routes']) {
      const { complaints, page } = await site.open({ hash: `#/learn?v=1&task=${task}` });
      await untilUpdate(page, 1);
      expect(complaints, task).toEqual([]);
      await page.close();
    }
  });

  test(`a first visit loads ${FIRST_LOAD / 1024} kB at the most, compressed, kernels included`, () => {
    const read = (file: string): Buffer => readFileSync(join(site.folder, file));
    const html = read('index.html').toString();
    const files = new Set([
      'index.html',
      ...[...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file!),
    ]);
    const worker = readdirSync(join(site.folder, 'assets')).find((file) => file.startsWith('worker-'));
    files.add(`assets/${worker}`);
    // A set goes on to what is added to it: all that is imported without being asked for.
    for (const file of files) {
      if (!file.endsWith('.js')) continue;
      const imports = read(file)
        .toString()
        .matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w.-]+\.js)"/g);
      for (const [, other] of imports) files.add(`assets/${other}`);
    }
    expect([...files].filter((file) => file.endsWith('.js')).length).toBeGreaterThan(2);
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD);
  });
});
