// Take away in the real page: what it hands out opens on the command line and in the page again, to the same bits; and
// what is damaged is refused in the library's words.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { openAgent, readSafetensors, writeSafetensors } from 'innerloop';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { carryOut } from '../browser/page/training.ts';
import { lines, metricsOf, run, start } from '../cli/cli.ts';
import { drop, openSite, type Site, untilStatus, untilUpdate } from './page.ts';

/** Long enough to be paused in. */
const SMALL = { updates: 200, batch: 64, stop: null, evaluation: { every: 10, problems: 32, testProblems: 100 } };
const SETTINGS = ['updates=200', 'batch=64', 'stop=null', 'evaluation.problems=32', 'evaluation.testProblems=100'];
const INTERRUPTIBLE = `#/learn?v=1&task=calculator&seed=3${SETTINGS.map((set) => `&set=${set}`).join('')}`;
const QUICK = INTERRUPTIBLE.replace('updates=200', 'updates=30');

describe.skipIf(!CHROMIUM)('Take away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-takeaway-'));
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const view = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

  /** Presses a button that hands out a file. @returns where it was saved. */
  async function taken(page: Page, button: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** As `unzip` does. @returns the run's folder. */
  function unzipped(path: string): string {
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path)))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    return path.replace(/\.zip$/, '');
  }

  const hashOf = (page: Page) => page.getByText(/^[0-9a-f]{64}$/).textContent();

  test('a finished run as a zip: the command line evaluates and explains it; the page opens it again', async () => {
    const { complaints, page } = await site.open({ hash: QUICK });
    await untilStatus(page, 'finished');
    await view(page, 'Take away');
    const hash = await hashOf(page);
    const zip = await taken(page, 'Download the run');
    const path = unzipped(zip);
    const { stdout, stderr } = await run(folder, 'eval', path, '--json');
    expect(stderr).toBe('');
    expect(lines(stdout)[0]).toMatchObject({ hash, update: 30 });
    expect((await run(folder, 'explain', path)).code).toBe(0);
    expect(lines((await run(folder, 'resume', path, '--json')).stdout).at(-1)).toMatchObject({
      hash,
      status: 'finished',
    });
    expect(metricsOf(path)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));

    // One bit of a weight: as a zip whose checksums fit again, and as a bare checkpoint.
    const files = unzipSync(readFileSync(zip));
    const [within] = Object.keys(files).filter((name) => name.endsWith('.safetensors'));
    const flipped = files[within!]!.slice();
    flipped[flipped.length - 4]! ^= 1;
    const { metadata, tensors } = readSafetensors(flipped, 'flipped');
    const { digest: _, ...older } = metadata;
    for (const [name, bytes, sentence] of [
      ['run.zip', zipSync({ ...files, [within!]: flipped }), 'its contents have changed since they were written'],
      ['run.safetensors', flipped, 'its contents have changed since they were written'],
      // Of a version that wrote no digest, only run.json tells.
      [
        'old.zip',
        zipSync({ ...files, [within!]: writeSafetensors(tensors, older) }),
        'its parameters come to the hash',
      ],
    ] as const) {
      const field = page.locator('input[type=file][accept]');
      await field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
      await page.getByRole('alert').getByText(sentence).waitFor();
      await page.getByRole('button', { name: 'Understood' }).click();
    }

    // Into another page, as a zip and as a folder; it reckons the hash anew.
    for (const what of [zip, path]) {
      const other = await site.open({ hash: '#/takeaway?v=1&task=recall' });
      await other.page
        .locator(`input[type=file]${what === zip ? '[accept]' : '[webkitdirectory]'}`)
        .setInputFiles(what);
      await other.page.getByText('is open, at update 30').waitFor();
      expect(await hashOf(other.page)).toBe(hash);
      await view(other.page, 'Learn');
      await untilStatus(other.page, 'finished');
      await other.page.getByText('npx innerloop train calculator --seed 3', { exact: false }).first().waitFor();
      expect(await other.page.locator('.levels').first().textContent()).toMatch(/a·b \+ c[\d.]+\s%/);
      expect(other.complaints).toEqual([]);
      await other.page.close();
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a run that was interrupted here goes on elsewhere, to the bits that it would have come to', async () => {
    const { page } = await site.open({ hash: INTERRUPTIBLE });
    await untilUpdate(page, 20);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilStatus(page, 'paused');
    await view(page, 'Take away');
    const zip = await taken(page, 'Download the run');
    await page.close();
    const { hash } = await carryOut({ input: { task: 'calculator', seed: 3, ...SMALL } });

    const { page: other } = await site.open({ hash: '#/takeaway?v=1&task=recall' });
    await other.locator('input[type=file][accept]').setInputFiles(zip);
    await other.getByText('is open, at update').waitFor();
    await view(other, 'Learn');
    await other.getByRole('button', { name: 'Train', exact: true }).click();
    await untilStatus(other, 'finished');
    await other.getByText(hash, { exact: true }).waitFor();
    await other.close();

    const { stderr, stdout } = await run(folder, 'resume', unzipped(zip), '--json');
    expect(stderr).toBe('');
    expect(lines(stdout).at(-1)).toMatchObject({ hash, status: 'finished', updates: 200 });
    expect(metricsOf(zip.replace(/\.zip$/, ''))).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  test('a run is handed out while it goes on, too', async () => {
    const { page } = await site.open({ hash: '#/learn?v=1&task=expressions&set=batch=32' });
    await untilUpdate(page, 3);
    await view(page, 'Take away');
    const path = unzipped(await taken(page, 'Download the run'));
    const info = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8'));
    expect(info).toMatchObject({ status: 'interrupted', seed: 0, config: { batch: 32 } });
    expect(metricsOf(path)).toHaveLength(info.outcome.updates);
    await page.close();
  });

  test('the checkpoint, its weights, the program around it, and the curves', async () => {
    const { page } = await site.open({ hash: QUICK });
    await untilStatus(page, 'finished');
    await view(page, 'Take away');
    const checkpoint = readFileSync(await taken(page, 'Download the checkpoint'));
    const { hash } = await openAgent(checkpoint);
    expect(hash).toBe(await hashOf(page));

    const { tensors } = readSafetensors(readFileSync(await taken(page, 'Download the weights alone')), 'weights');
    const all = [...readSafetensors(checkpoint, 'checkpoint').tensors.keys()];
    expect([...tensors.keys()]).toEqual(all.filter((name) => !name.startsWith('adam.')));

    // Inside the package, where its name is known; the built package is tested by itself.
    const own = mkdtempSync(join(import.meta.dirname, 'program-'));
    try {
      const program = (await page.getByText(/^import \{ readFileSync/).textContent())!;
      const [name] = /[\w-]+\.safetensors/.exec(program)!;
      writeFileSync(join(own, name), checkpoint);
      writeFileSync(join(own, 'program.ts'), program);
      const command = [process.execPath, '--conditions=source', 'program.ts'];
      const { stderr, stdout } = await start(own, command).ended;
      expect(stderr).toBe('');
      expect(stdout.split('\n')[0]).toBe(hash);
      expect(stdout).toContain('[ANS]');
    } finally {
      rmSync(own, { recursive: true, force: true });
    }

    const csv = readFileSync(await taken(page, 'Download the curves as CSV'), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(csv).toHaveLength(31);
    expect(csv[0]).toMatch(/^update,episodes,seconds,reward,.*,solved: add,solved: subtract,solved: remember$/);
    expect(new Set(csv.map((line) => line.split(',').length)).size).toBe(1);
    const svg = readFileSync(await taken(page, 'Download the curves as SVG'), 'utf8');
    for (const level of ['add', 'subtract', 'remember']) expect(svg).toContain(`>${level}</text>`);
    await page.close();
  });

  test('a checkpoint dropped anywhere on the page is opened there, and training goes on from it', async () => {
    const { page } = await site.open({ hash: INTERRUPTIBLE });
    await untilUpdate(page, 5);
    await page.getByRole('button', { name: 'Pause' }).click();
    await untilStatus(page, 'paused');
    await view(page, 'Take away');
    const checkpoint = readFileSync(await taken(page, 'Download the checkpoint'));
    await page.close();
    const { page: other } = await site.open({ hash: '#/learn?v=1&task=recall' });
    await untilUpdate(other, 1);
    await drop(other, 'mine.safetensors', checkpoint);
    await other.getByText('mine.safetensors is open, at update').waitFor();
    await other.getByText('npx innerloop train calculator --seed 3', { exact: false }).first().waitFor();
    // Looked into as a file, it has no link, and the page says so where one would stand.
    await view(other, 'Watch');
    await drop(other, 'mine.safetensors', checkpoint, '.stage');
    await other.getByText('No link: ').waitFor();
    expect(await other.getByRole('button', { name: 'Copy link' }).count()).toBe(0);
    await view(other, 'Take away');
    await other.getByText('The trajectory on view has no link: ').waitFor();
    await view(other, 'Learn');
    await other.getByRole('button', { name: 'Train', exact: true }).click();
    await untilStatus(other, 'finished');
    const { hash } = await carryOut({ input: { task: 'calculator', seed: 3, ...SMALL } });
    await other.getByText(hash, { exact: true }).waitFor();
    await other.close();
  });

  test('what was watched is a link that replays it to the bit; not once another configuration is trained', async () => {
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page } = await site.open({ hash: QUICK.replace('learn', 'watch').concat('&own=3%204%205&step=1') });
    await page.locator('.score').waitFor();
    await page.getByRole('checkbox', { name: 'Follow the training' }).uncheck();
    const hash = await page.locator('.agent-name code').textContent();
    await view(page, 'Take away');
    await page.getByRole('button', { name: 'Copy the link to the trajectory' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await view(page, 'Learn');
    await page.getByLabel('Seed', { exact: true }).fill('8');
    await page.keyboard.press('Enter');
    await view(page, 'Take away');
    await page.getByText('of another configuration, and links work for what this page trains').waitFor();
    await page.close();
    const again = await site.open({ hash: new URL(copied).hash });
    await again.page.getByText('Replayed to the bit').waitFor({ timeout: 100_000 });
    expect(await again.page.locator('.agent-name code').textContent()).toBe(hash);
    expect(await again.page.getByRole('slider', { name: 'Place in the program' }).inputValue()).toBe('1');
    await again.page.close();
  });

  test('the address is a link, copied at the press of a button', async () => {
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page } = await site.open({ hash: INTERRUPTIBLE.replace('learn', 'takeaway') });
    await page.getByRole('button', { name: 'Copy the link', exact: true }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.close();
    const again = await site.open({ hash: new URL(copied).hash });
    await again.page.getByText('npx innerloop train calculator --seed 3 --set updates=200', { exact: false }).waitFor();
    await again.page.close();
  });
});
