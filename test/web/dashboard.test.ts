// The dashboard in the real page over the real server: runs of the command line, one that is going on, folders that are
// none, ten thousand; and a server that goes away.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serveRuns } from '../../src/serve/server.ts';
import { CHROMIUM } from '../browser/chromium.ts';
import { innerloop, type Running, run, start, TINY } from '../cli/cli.ts';
import { faults, tooWide } from './axe.ts';
import { keepPicture, openSite, type Site, untilUpdate } from './page.ts';

/** Every evaluation in so short a training. */
const SETTINGS = [...TINY, '--set', 'evaluation.every=2'];
const RHYTHM = { look: 50, lookAtAll: 200, heartbeat: 1000 };
const LIMIT = { timeout: 60_000 };

type Server = Awaited<ReturnType<typeof serveRuns>>;

describe.skipIf(!CHROMIUM)('Runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-dashboard-'));
  const runs = join(folder, 'runs');
  let site: Site;
  let server: Server;
  let live: Running;

  const serve = (of: string, port = 0): Promise<Server> =>
    serveRuns({ folder: of, site: site.folder, host: '127.0.0.1', port, rhythm: RHYTHM });

  beforeAll(async () => {
    site = await openSite();
    mkdirSync(join(runs, 'broken'), { recursive: true });
    writeFileSync(join(runs, 'broken/run.json'), '{"version": ');
    const train = async (name: string, ...more: readonly string[]): Promise<void> => {
      const { code, stderr } = await run(folder, 'train', 'calculator', ...more, ...SETTINGS, '--out', `runs/${name}`);
      expect([code, stderr]).toEqual([0, '']);
    };
    await train('plain0', '--seed', '0');
    const said = {
      update: 2,
      kind: 'gradientSpike',
      message: 'the gradient is 30 times the usual',
      hint: 'train slower',
    };
    writeFileSync(join(runs, 'plain0/warnings.jsonl'), `${JSON.stringify(said)}\n`);
    await train('plain1', '--seed', '1');
    await train('ablation/forgetful', '--preset', 'no-memory', '--seed', '0');
    const endless = ['--set', 'updates=1000000', '--out', 'runs/live', '--json'];
    live = start(folder, innerloop('train', 'calculator', '--seed', '7', ...SETTINGS, ...endless));
    await live.printed('"update":');
    await vi.waitUntil(() => readFileSync(join(runs, 'live/evaluations.jsonl'), 'utf8') !== '', LIMIT);
    // It rests until somebody follows it: a processor for the tests before.
    live.child.kill('SIGSTOP');
    server = await serve(runs);
  }, 240_000);

  afterAll(async () => {
    live?.child.kill('SIGKILL');
    await live?.ended;
    await server?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    hash = '#/dashboard',
    { url } = server,
    width = 1280,
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await site.context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(url + hash);
    return { page, complaints };
  }

  const rows = (page: Page) => page.getByRole('grid').locator('.runs-body').getByRole('row');
  const names = (page: Page) => rows(page).locator('[data-column=name]').allTextContents();
  const selection = (page: Page): string | null =>
    new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('runs');

  test('lists what there is with its state, and says of what is no run why', async () => {
    const { complaints, page } = await open('#/dashboard?v=1&sort=name');
    await rows(page).nth(4).waitFor();
    expect(await names(page)).toEqual(['ablation/forgetful', 'broken', 'live', 'plain0', 'plain1']);
    const texts = await rows(page).allTextContents();
    expect(texts[0]).toMatch(/calculatorno-memory\w+0finished/);
    expect(texts[1]).toMatch(/malformed.*run\.json: it is not JSON/);
    expect(texts[2]).toMatch(/running \d+ %/);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('6');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('damage to a log is told above the curves, in the list and in the run; a seed counts once', async () => {
    const own = mkdtempSync(join(tmpdir(), 'innerloop-damaged-'));
    for (const name of ['whole', 'torn']) cpSync(join(runs, 'plain0'), join(own, name), { recursive: true });
    const log = join(own, 'torn/metrics.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace(/^.*\n/, 'garbage\n'));
    const damaged = await serve(own);
    const { page } = await open('#/dashboard?v=1&runs=torn,whole', damaged);
    await page.locator('.runs-troubles').getByText('torn: metrics.jsonl: 1 line is left out').waitFor();
    await page.getByText('1 more of the same seeds, not counted').waitFor();
    await rows(page).filter({ hasText: 'torn' }).getByText('damaged: metrics.jsonl: 1 line').waitFor();
    expect(await rows(page).filter({ hasText: 'whole' }).getByText('damaged').count()).toBe(0);
    await page.goto(`${damaged.url}#/dashboard?v=1&run=torn&pane=run`);
    await page.getByRole('alert').getByText('metrics.jsonl: 1 line is left out').waitFor();
    await page.close();
    await damaged.close();
    rmSync(own, { recursive: true, force: true });
  });

  test('is what a server of runs opens on; nothing is trained until somebody wants it', async () => {
    const { page } = await open('');
    await rows(page).first().waitFor();
    expect(page.url()).toContain('#/dashboard');
    expect(page.workers()).toEqual([]);
    await page.getByRole('navigation').getByRole('link', { name: 'Learn' }).click();
    await untilUpdate(page, 1);
    await page.close();
  });

  test('is gone through, selected from and sorted by keyboard; all of it stands in the address', async () => {
    const { page } = await open('#/dashboard?v=1&sort=name');
    const grid = page.getByRole('grid');
    await rows(page).nth(4).waitFor();
    await grid.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect.poll(() => selection(page)).toBe('plain1,plain0');
    expect(await grid.getByRole('row', { selected: true }).count()).toBe(2);
    await page.getByText('5 runs · 2 selected').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'plain0' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => selection(page)).toBeNull();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => selection(page)).toBe('ablation/forgetful,broken');

    await page.getByRole('columnheader', { name: 'Accuracy' }).getByRole('button').press('Enter');
    await page.getByRole('tooltip').getByText('The share solved, mean over the levels').waitFor();
    await page.getByRole('columnheader', { name: 'Accuracy' }).and(page.locator('[aria-sort=descending]')).waitFor();
    expect((await names(page)).at(-1)).toBe('broken');

    await page.keyboard.press('/');
    await page.keyboard.type('plain');
    await expect.poll(() => names(page).then((all) => all.sort())).toEqual(['plain0', 'plain1']);
    await page.getByRole('button', { name: 'Seed' }).first().press('Enter');
    await page.getByRole('dialog').getByLabel('1', { exact: false }).first().press('Space');
    await page.keyboard.press('Escape');
    await expect.poll(() => names(page).then((all) => all.length)).toBe(1);
    const address = page.url();
    expect(address).toContain('only=seed:');
    await page.reload();
    await rows(page).first().waitFor();
    expect(await names(page)).toHaveLength(1);
    expect(page.url()).toBe(address);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => names(page).then((all) => all.length)).toBe(5);
    await page.close();
  });

  test('nonsense in the address is left out and said; a filter that hides all says so', async () => {
    const { page } = await open(
      '#/dashboard?v=1&only=colour:red;accuracy:x..;task:none&sort=height&zoom=9-1&charts=,%20,&runs=nobody',
    );
    await page.getByText("A part of the address is not understood and left out: 'colour:red'").waitFor();
    await page.getByText('No run is like that.').waitFor();
    await page.getByText('1 of the selected runs is not in the served folder.').waitFor();
    await page.close();
  });

  test('curves lie over each other, seeds together; a part is read in full; settings stand side by side', async () => {
    const { complaints, page } = await open('#/dashboard?v=1&runs=plain0,plain1,ablation/forgetful,broken');
    const legend = page.locator('.runs-legend tbody').getByRole('row');
    await legend.nth(1).waitFor();
    const said = await legend.allTextContents();
    expect(said[0]).toMatch(/A calculator · default2: seeds 0, 1[\d.]+\s%(all alike|[\d.]+\s% to [\d.]+\s%)/);
    expect(said[1]).toMatch(/B calculator · no-memoryseed 0/);
    await page.getByText('broken: run.json: it is not JSON').waitFor();
    const chart = page.getByRole('slider', { name: 'Reward:' });
    await expect
      .poll(() => chart.getAttribute('aria-valuetext'))
      .toMatch(/^update 20: A calculator · default -?[\d.]+ · B/);

    const asked = page.waitForRequest((request) => /metrics\?.*from=5&to=9/.test(request.url()));
    await page.getByLabel('First update shown').fill('5');
    await page.getByLabel('First update shown').press('Enter');
    await page.getByLabel('Last update shown').fill('9');
    await page.getByLabel('Last update shown').press('Enter');
    await asked;
    await expect.poll(() => chart.getAttribute('aria-valuemax')).toBe('9');
    await page.getByText('Every update is drawn.').waitFor();
    await page.getByRole('button', { name: 'All updates' }).click();
    await expect.poll(() => chart.getAttribute('aria-valuemax')).toBe('20');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.locator('.u-over').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/zoom=\d+-\d+/);

    await page.getByLabel('Drawn over').selectOption('episodes');
    await expect
      .poll(() => chart.getAttribute('aria-valuetext'))
      .toMatch(/^episodes \d{2,}: A calculator · default -?[\d.]+ · B/);
    expect(page.url()).toContain('axis=episodes');

    await page.getByLabel('Chart 2 shows').selectOption({ label: 'Solved while exploring, level 1' });
    await page.getByRole('slider', { name: 'Solved while exploring, level 1:' }).waitFor();
    await page.getByLabel('Seeds together').click();
    await legend.nth(2).waitFor();

    await page.getByRole('tab', { name: 'Curves' }).press('ArrowRight');
    await page.getByText('2 configurations, which differ in').waitFor();
    const settings = await page.locator('.runs-diff tbody').getByRole('row').allInnerTexts();
    expect(settings).toContain('preset\tdefault\tno-memory');
    expect(settings).toContain('task.options.memory\ttrue (default)\tfalse');
    expect(settings.join()).not.toContain('seed');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a run says how it was evaluated; its agent plays here and is opened in Watch', async () => {
    const { complaints, page } = await open('#/dashboard?v=1&sort=name');
    await rows(page).nth(3).click();
    const { outcome } = JSON.parse(readFileSync(join(runs, 'plain0/run.json'), 'utf8'));
    await page.getByText(outcome.hash, { exact: true }).waitFor();
    await page.getByText('npx innerloop train calculator --seed 0', { exact: false }).waitFor();
    await page.getByText('At the end, on 50 fresh problems a level').waitFor();
    await page.getByText('Warning, update 2: the gradient is 30 times the usual — train slower').waitFor();
    await page.getByRole('button', { name: 'Play 12 test problems' }).click();
    await page.locator('.runs-trajectories tbody').getByRole('row').nth(11).waitFor(LIMIT);
    await page.locator('.runs-checkpoints').getByRole('link', { name: 'Watch' }).first().click();
    await page.getByText(outcome.hash.slice(0, 8)).first().waitFor(LIMIT);
    expect(page.url()).toContain('agent=api/runs/plain0/checkpoints/000020.safetensors');
    await page.getByRole('navigation').getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('heading', { name: 'plain0' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a run that goes on is followed, in the list and in its curves, to its end', async () => {
    live.child.kill('SIGCONT');
    const { complaints, page } = await open('#/dashboard?v=1&runs=live&find=live');
    const chart = page.getByRole('slider', { name: 'Reward:' });
    const latest = async (): Promise<number> => Number(await chart.getAttribute('aria-valuemax', LIMIT));
    await expect.poll(latest, LIMIT).toBeGreaterThan(0);
    const before = await latest();
    await expect.poll(latest, LIMIT).toBeGreaterThan(before);
    live.child.kill('SIGKILL');
    await live.ended;
    await rows(page).filter({ hasText: 'interrupted' }).waitFor(LIMIT);
    const lines = readFileSync(join(runs, 'live/metrics.jsonl'), 'utf8').trimEnd().split('\n');
    const { update } = JSON.parse(lines.at(-1)!) as { update: number };
    await expect.poll(latest, LIMIT).toBe(update);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a server that goes away is missed, and found again', async () => {
    const own = await serve(runs);
    const { port } = new URL(own.url);
    const { page } = await open('#/dashboard', own);
    await rows(page).first().waitFor();
    await own.close();
    await page.getByText('The server does not answer any more.').waitFor(LIMIT);
    expect(await rows(page).count()).toBeGreaterThan(3);
    mkdirSync(join(runs, 'late'));
    writeFileSync(join(runs, 'late/run.json'), 'none');
    const again = await serve(runs, Number(port));
    await rows(page).filter({ hasText: 'late' }).waitFor(LIMIT);
    expect(await page.getByText('The server does not answer any more.').count()).toBe(0);
    rmSync(join(runs, 'late'), { recursive: true });
    await expect.poll(() => rows(page).filter({ hasText: 'late' }).count(), LIMIT).toBe(0);
    await again.close();
    await page.close();
  });

  test('a host of files has no runs, and the page says what has', async () => {
    const { page } = await site.open({ hash: '#/dashboard' });
    await page.getByRole('heading', { name: 'Runs on disk are shown where they are' }).waitFor();
    await page.getByText('npx innerloop serve runs', { exact: true }).waitFor();
    await page.close();
  });

  test('an empty folder says how to fill it', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const own = await serve(empty);
    const { page } = await open('#/dashboard', own);
    await page.getByRole('heading', { name: 'No runs here yet' }).waitFor();
    await page.close();
    await own.close();
  });

  test.each(['light', 'dark'] as const)('nothing is in the way of anybody, in %s', async (colorScheme) => {
    for (const [width, pane] of [
      [390, ''],
      [1280, '&pane=settings'],
      [1920, '&pane=run&run=plain1'],
    ] as const) {
      const { page } = await open(`#/dashboard?v=1&runs=plain0,ablation/forgetful${pane}`, server, width);
      await page.emulateMedia({ colorScheme });
      await page.locator('.runs-legend, .runs-diff, .runs-table').first().waitFor();
      await keepPicture(page, `runs-${width}-${colorScheme}`);
      expect(await faults(page)).toEqual([]);
      expect(await tooWide(page)).toBe(0);
      await page.close();
    }
  });

  test('ten thousand runs are listed, a screenful of them at a time', async () => {
    // In memory where there is such a place: some disks take a minute to throw so many away.
    const many = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'innerloop-many-'));
    const text = readFileSync(join(runs, 'plain0/run.json'), 'utf8');
    const metrics = readFileSync(join(runs, 'plain0/metrics.jsonl'), 'utf8').split('\n').at(-2);
    for (let i = 0; i < 10_000; i++) {
      const own = join(many, `part${i % 10}`, `run${i}`);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'run.json'), text);
      writeFileSync(join(own, 'metrics.jsonl'), `${metrics}\n`);
    }
    const own = await serve(many);
    const { complaints, page } = await open('#/dashboard?v=1&sort=name', own);
    await page.getByText('10,000 runs').waitFor(LIMIT);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    expect(await rows(page).count()).toBeLessThan(80);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await rows(page).filter({ hasText: 'part9/run9999' }).waitFor();
    await page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, grid.scrollHeight / 2));
    await rows(page).filter({ hasText: 'part5/run5' }).first().waitFor();
    expect(await rows(page).count()).toBeLessThan(80);
    await page.keyboard.press('Control+a');
    await page.getByText('100 selected').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    await own.close();
    rmSync(many, { recursive: true });
  });
});
