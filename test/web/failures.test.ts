// Whatever goes wrong, the page says so in a sentence, shows a way on, and is never blank.

import { strToU8, zipSync } from 'fflate';
import { writeSafetensors } from 'innerloop';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { drop, killWorkers, openSite, type Site, untilStatus, untilUpdate } from './page.ts';

const LONG = '#/learn?v=1&task=expressions&set=batch=32';
const VIEWS = ['learn', 'watch', 'touch', 'compare', 'takeaway', 'dashboard'];

describe.skipIf(!CHROMIUM)('failures', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
    // Without what is kept for use without a network, which would have files at hand that are gone.
    await site.context.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
  });

  afterAll(() => site.close());

  const lacking = {
    'no SIMD': [
      'no 128-bit vectors',
      () => {
        WebAssembly.validate = () => false;
      },
    ],
    'no WebAssembly': [
      'runs no WebAssembly',
      () => {
        Reflect.deleteProperty(window, 'WebAssembly');
      },
    ],
    'no Worker': [
      'starts no workers',
      () => {
        Reflect.deleteProperty(window, 'Worker');
      },
    ],
  } as const satisfies Readonly<Record<string, readonly [string, () => void]>>;

  test.each(Object.entries(lacking))('%s: a sentence on every view, and none of them blank', async (_, given) => {
    const [sentence, before] = given;
    const { complaints, page } = await site.open({ before });
    for (const view of VIEWS) {
      await go(page, view);
      await page.getByRole('alert').getByText(sentence).first().waitFor();
      await page.locator('main').getByRole('heading').first().waitFor();
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('without workers, whoever trains or opens something all the same is told why it cannot be', async () => {
    const { page } = await site.open({ before: lacking['no Worker'][1], hash: '#/compare?v=1&pair=memory' });
    await page.getByRole('button', { name: 'Train both' }).click();
    await page.getByText('One of the two has stopped: this browser starts no workers').waitFor();
    await go(page, 'takeaway');
    await page.locator('input[type=file][accept]').setInputFiles(fileOf('run.safetensors', new Uint8Array(64)));
    await page.getByText('this browser starts no workers.').waitFor();
    await page.close();
  });

  test('a worker whose script is gone: said, and begun anew once it is back', async () => {
    const { page } = await site.open({ hash: LONG });
    await untilUpdate(page, 1);
    let gone = true;
    await page.route(/assets\/worker-/, (route) => (gone ? route.abort() : route.continue()));
    await page.reload();
    await page.getByText('The worker that trains has stopped').waitFor();
    gone = false;
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await untilUpdate(page, 1);
    await page.close();
  });

  test('a killed worker in a comparison', async () => {
    const { page } = await site.open({ hash: '#/compare?v=1&pair=hindsight' });
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      // The next worker that is told to begin dies of an error.
      Worker.prototype.postMessage = function (this: Worker, message: { readonly type: string }, ...more: []) {
        postMessage.call(this, message, ...more);
        if (message.type !== 'start') return;
        Worker.prototype.postMessage = postMessage;
        this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
      };
    });
    await page.getByRole('button', { name: 'Train both' }).click();
    await page.getByText('One of the two has stopped: out of memory').waitFor();
    await page.getByRole('button', { name: 'Train both anew' }).click();
    await untilBegun(page);
    await killWorkers(page);
    await page.getByText('One of the two has said nothing for some seconds').waitFor();
    await page.getByRole('button', { name: 'Train both anew' }).click();
    await page.getByText('has said nothing').waitFor({ state: 'detached' });
    await untilBegun(page);
    await page.close();
  });

  const info = { version: '0.1.0', seed: 0, config: { task: { name: 'calculator' } }, status: 'finished' };
  const good = { 'run/run.json': strToU8(JSON.stringify(info)) };
  const foreign = writeSafetensors(new Map([['x', { dtype: 'F32', shape: [1], data: new Float32Array(1) }]]), {});
  const corrupt: readonly (readonly [name: string, bytes: Uint8Array, sentence: string])[] = [
    ['empty.safetensors', new Uint8Array(0), 'empty.safetensors: '],
    ['cut.safetensors', foreign.slice(0, 20), 'cut.safetensors: '],
    ['foreign.safetensors', foreign, 'foreign.safetensors: its metadata does not say'],
    ['picture.png', new Uint8Array(2000).fill(0x89), 'picture.png: '],
    ['damaged.zip', zipSync(good).fill(0xff, 40, 60), 'damaged.zip: it is damaged'],
    ['cut.zip', zipSync(good).slice(0, 60), 'cut.zip: it '],
    ['text.zip', strToU8('hello'), 'text.zip: it is an empty zip, or none'],
    ['other.zip', zipSync({ 'photos/a.jpg': new Uint8Array(9) }), 'other.zip: not a run: it has no run.json'],
    ['json.zip', zipSync({ 'run/run.json': strToU8('{') }), 'run/run.json: it is not JSON'],
    ['status.zip', zipSync({ 'run.json': strToU8('{"version":"1"}') }), 'expected an integer from 0 under "seed"'],
    ['young.zip', zipSync(good), 'run: the run has no checkpoint yet'],
    [
      'wrong.zip',
      zipSync({ ...good, 'run/checkpoints/000001.safetensors': foreign }),
      'run/checkpoints/000001.safetensors: its metadata does not say',
    ],
  ];

  test('corrupt files: the library’s own sentence, and the training goes on', async () => {
    const { complaints, page } = await site.open({ hash: LONG });
    await untilUpdate(page, 1);
    for (const [name, bytes, sentence] of corrupt) {
      await drop(page, name, bytes);
      await page.getByRole('alert').getByText(sentence).waitFor();
      await page.getByRole('button', { name: 'Understood' }).click();
    }
    await untilStatus(page, 'learning');
    await page.getByText('npx innerloop train expressions', { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('what is dropped on the stage is looked into there, and what is no checkpoint goes to the page', async () => {
    const { page } = await site.open({ hash: '#/watch?v=1&step=0' });
    await page.locator('.score').waitFor();
    await drop(page, 'cut.safetensors', foreign.slice(0, 20), '.stage');
    await page.locator('.stage-gate').getByRole('alert').getByText('cut.safetensors: ').waitFor();
    expect(await page.locator('.drop-veil').count()).toBe(0);
    await drop(page, 'young.zip', zipSync(good), '.stage-gate');
    await page.locator('.notices').getByText('run: the run has no checkpoint yet').waitFor();
    await page.close();
  });

  const NONSENSE = [
    '#/learn?v=99999999999999999999&task=recall',
    '#/takeaway?v=2',
    '#/compare?v=1&pair=%00&pairseed=-1e9',
    '#/watch?v=1&own=((((&step=99999&do=0:force:999,x&update=0',
    '#/touch?v=1&pick=99.99&do=%F0%9F%8E%89&agent=../../etc/passwd',
    '#/dashboard?v=1&run=../..&x=<script>alert(1)</script>',
    `#/learn?v=1&set=${'x'.repeat(20_000)}`,
    '#/%E0%A4%A?%',
    '#////?&&&===',
  ];
  test.each(NONSENSE.map((hash) => [hash.slice(0, 60), hash]))(
    'nonsense in the address is survived: %s',
    async (_, hash) => {
      const { page } = await site.open({ hash });
      const failures: string[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      await page.locator('main').getByRole('heading').first().waitFor();
      await page.waitForTimeout(300);
      expect(failures).toEqual([]);
      expect(await page.getByText('This view has failed').count()).toBe(0);
      // The way on.
      await page.getByRole('navigation').getByRole('link', { name: 'Learn', exact: true }).click();
      await untilUpdate(page, 1);
      await page.close();
    },
  );

  test('a page none of whose scripts run says what to do', async () => {
    const { page } = await site.open({ hash: '#/learn' });
    await page.route(/assets\/.*\.js/, (route) => route.abort());
    await page.reload();
    await page.getByText('please reload the page').waitFor();
    await page.close();
  });

  test('a view that cannot be loaded says so, and can be tried again', async () => {
    const { page } = await site.open();
    await untilUpdate(page, 1);
    await page.reload();
    await page.route(/assets\/compare-.*\.js/, (route) => route.abort());
    await go(page, 'compare');
    await page.getByText('Compare could not be loaded').waitFor();
    await go(page, 'learn');
    await untilUpdate(page, 1);
    await page.close();
  });
});

const untilBegun = (page: Page) =>
  page.waitForFunction(() => /[1-9]/.test(document.querySelector('[data-testid=update-A]')?.textContent ?? ''));

const go = (page: Page, view: string): Promise<void> =>
  page.evaluate((name) => {
    location.hash = `#/${name}?v=1`;
  }, view);

const fileOf = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});
