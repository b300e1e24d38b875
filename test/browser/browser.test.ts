// The main entry in a real page: a Vite build of it trains in Chromium's workers to the bits that Node reaches.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, openBrowser } from './chromium.ts';
import { carryOut, type Order } from './page/training.ts';
import { serve } from './site.ts';

/** The whole default run. */
const CALCULATOR: Order = { input: { task: 'calculator', seed: 0 } };
const SHORT: Order = { input: { task: 'calculator', updates: 20, batch: 211, agent: { hidden: 40 } } };
/** An agent that reads, points and looks back, on problems of all lengths. */
const READER: Order = {
  input: {
    ...{ task: 'expressions', preset: 'no-curriculum', updates: 30, batch: 100 },
    evaluation: { every: 15, problems: 20, testProblems: 50 },
  },
};
const withThreads = (order: Order, threads: number): Order => ({ ...order, options: { threads } });

describe.skipIf(!CHROMIUM)('in Chromium', () => {
  const site = mkdtempSync(join(tmpdir(), 'innerloop-site-'));
  const closing: (() => unknown)[] = [() => rmSync(site, { recursive: true, force: true })];
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let node: Awaited<ReturnType<typeof carryOut>>;
  let short: string;

  beforeAll(async () => {
    await build({
      root: join(import.meta.dirname, 'page'),
      logLevel: 'warn',
      configFile: false,
      resolve: { conditions: ['source', 'module', 'browser', 'production'] },
      worker: { format: 'es' },
      build: { outDir: site, emptyOutDir: true },
    });
    node = await carryOut(CALCULATOR);
    short = (await carryOut(SHORT)).hash;
    browser = await openBrowser();
    closing.push(() => browser.close());
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  /** Opens the page, fails on whatever goes wrong in it, and has it train. */
  async function trained(order: Order, { isolated = false, where = 'trainInWorker' as 'trainInWorker' | 'trainHere' }) {
    const { url, close } = await serve(site, { isolated });
    const page = await browser.context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    try {
      await page.goto(url);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
      const outcome = await page.evaluate(([how, what]) => window[how](what), [where, order] as const);
      expect(complaints).toEqual([]);
      return outcome;
    } finally {
      await page.close();
      close();
    }
  }

  test('a worker trains the default run to the hash of Node', async () => {
    const outcome = await trained(CALCULATOR, {});
    expect(outcome).toEqual({ ...node, seconds: outcome.seconds });
    expect(node.solved.every((share) => share > 0.9)).toBe(true);
  });

  test('two threads on shared memory, where the page is cross-origin isolated: the same hash', async () => {
    const outcome = await trained(withThreads(CALCULATOR, 2), { isolated: true });
    expect(outcome).toEqual({ ...node, threads: 2, seconds: outcome.seconds });
    expect(await trained(withThreads(SHORT, 4), { isolated: true })).toMatchObject({ threads: 4, hash: short });
  });

  test('an agent that reads and points: the same hash in a worker, with one thread and with two', async () => {
    const { hash } = await carryOut(READER);
    expect(await trained(READER, {})).toMatchObject({ threads: 1, hash });
    expect(await trained(withThreads(READER, 2), { isolated: true })).toMatchObject({ threads: 2, hash });
  });

  test('where memory cannot be shared there is one thread, a warning and the same hash', async () => {
    const outcome = await trained(withThreads(SHORT, 2), {});
    expect(outcome).toMatchObject({ threads: 1, hash: short });
    expect(outcome.warnings).toEqual([expect.stringContaining('one thread instead of 2')]);
  });

  test('on the page’s own thread, which may not wait for others: one thread and the same hash', async () => {
    expect(await trained(SHORT, { where: 'trainHere' })).toMatchObject({ hash: short, warnings: [] });
    const outcome = await trained(withThreads(SHORT, 2), { where: 'trainHere', isolated: true });
    expect(outcome).toMatchObject({ threads: 1, hash: short });
  });
});
