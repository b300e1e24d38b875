// How the page holds up in Chromium, beside the command line: how soon it learns, how long `calculator` takes to its end
// in a tab and in Node (one after the other, several times), and what a long training does to the page: tasks of the main
// thread that take more than 50 ms, frames, memory. The build is made in a temporary folder and served from there.
//
//   node bench/web.ts [minutes of the long training] [task of it] [preset of it]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { openBrowser } from '../test/browser/chromium.ts';
import { serve } from '../test/browser/site.ts';

const [minutes = '2', task = 'expressions', preset = 'default'] = process.argv.slice(2);
const TURNS = 5;
const SAMPLES = 12;
const ROOT = join(import.meta.dirname, '..');
/** The most that the page takes. */
const ENDLESS = `#/learn?v=1&task=${task}&preset=${preset}&set=updates=1000000&set=stop=null`;

/** What the page notes of itself, from before its first script. */
interface Noted {
  /** Milliseconds between frames. */
  frames: number[];
  /** Tasks above 50 ms: how long they took, and how long after the page was asked for they began, both in milliseconds. */
  tasks: [duration: number, start: number][];
}
type Noting = typeof globalThis & { noted: Noted };

function note(): void {
  const noted: Noted = { frames: [], tasks: [] };
  (globalThis as Noting).noted = noted;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) noted.tasks.push([duration, startTime]);
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  const frame = (now: number): void => {
    noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

const untilUpdate = (page: Page) =>
  page.waitForFunction(() => Number(document.querySelector('[data-testid=update]')?.textContent) > 0, undefined, {
    polling: 'raf',
  });
const untilFinished = (page: Page) =>
  page.waitForFunction(() => document.querySelector('[data-testid=status]')?.textContent === 'finished', undefined, {
    polling: 'raf',
    timeout: 600_000,
  });

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;
const list = (values: readonly number[], digits = 2): string => values.map((value) => value.toFixed(digits)).join('  ');

/** A first visit: seconds from asking for the page until an update is done, and until `calculator` is solved. */
async function visit(url: string): Promise<{ learning: number; solved: number }> {
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    const began = performance.now();
    await page.goto(url);
    await untilUpdate(page);
    const learning = (performance.now() - began) / 1000;
    await untilFinished(page);
    return { learning, solved: (performance.now() - began) / 1000 };
  } finally {
    await browser.close();
  }
}

/** Seconds of the same training on the command line, the start of Node included. */
function onTheCommandLine(folder: string, turn: number): number {
  const began = performance.now();
  const out = join(folder, `run${turn}`);
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/innerloop.js'), 'train', 'calculator', '--seed', '0', '--out', out],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - began) / 1000;
}

/** Resident megabytes of the browser's processes that draw and compute pages. */
async function residentMemory(context: BrowserContext): Promise<number> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => String(id));
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', renderers.join()], { encoding: 'utf8' });
  return stdout.split('\n').reduce((sum, line) => sum + Number(line), 0) / 1024;
}

/** @returns megabytes of the page and its workers, as the browser tells after collecting what is garbage. */
const usedMemory = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const told = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
    return (await told.measureUserAgentSpecificMemory()).bytes / 2 ** 20;
  });

async function trainLong(url: string): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    await page.addInitScript(note);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(url + ENDLESS);
    await untilUpdate(page);
    await page.evaluate(() => {
      (globalThis as Noting).noted.frames.length = 0;
    });
    console.log(`\n${task} ${preset}, ${minutes} minutes\nminute   update   used MB   resident MB`);
    const tasks: Noted['tasks'] = [];
    const frames: number[] = [];
    const began = performance.now();
    for (let sample = 0; sample <= SAMPLES; sample++) {
      const due = began + (sample / SAMPLES) * Number(minutes) * 60_000;
      await page.waitForTimeout(Math.max(0, due - performance.now()));
      // Before the measuring, which collects garbage and so makes a pause of its own.
      const { frames: more, tasks: long } = await page.evaluate(() => {
        const { noted } = globalThis as Noting;
        const seen = { frames: noted.frames, tasks: noted.tasks };
        Object.assign(noted, { frames: [], tasks: [] });
        return seen;
      });
      frames.push(...more);
      tasks.push(...long);
      const [used, resident] = [await usedMemory(page), await residentMemory(browser.context)];
      await page.evaluate(() => Object.assign((globalThis as Noting).noted, { frames: [], tasks: [] }));
      const update = await page.getByTestId('update').textContent();
      const minute = (performance.now() - began) / 60_000;
      console.log(
        [
          minute.toFixed(1).padStart(6),
          update!.padStart(8),
          used.toFixed(1).padStart(9),
          resident.toFixed(0).padStart(13),
        ].join(' '),
      );
    }
    const seconds = frames.reduce((sum, one) => sum + one, 0) / 1000;
    const late = frames.filter((one) => one > 25).length / frames.length;
    console.log(
      `frames a second ${(frames.length / seconds).toFixed(1)}; between frames, ms: median ${quantile(frames, 0.5).toFixed(1)}, 99 % ${quantile(frames, 0.99).toFixed(1)}, longest ${quantile(frames, 1).toFixed(0)}; ${(100 * late).toFixed(2)} % above 25`,
    );
    console.log(`tasks above 50 ms: ${tasks.length}`);
    for (const [duration, start] of tasks) {
      console.log(`  ${duration.toFixed(0)} ms, ${(start / 1000).toFixed(1)} s after the page was asked for`);
    }
  } finally {
    await browser.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'innerloop-bench-'));
try {
  const outDir = join(folder, 'site');
  await build({ configFile: join(ROOT, 'web/vite.config.ts'), logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const site = await serve(outDir, { isolated: true });
  const load = loadavg()[0]?.toFixed(1);
  console.log(`${cpus()[0]?.model}, ${availableParallelism()} threads, load ${load}, Node ${process.version}`);
  const [learning, tab, node]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < TURNS; turn++) {
    const visited = await visit(site.url);
    learning.push(visited.learning);
    tab.push(visited.solved);
    node.push(onTheCommandLine(folder, turn));
  }
  console.log(`seconds until it learns, first visit        ${list(learning)}`);
  console.log(`seconds until calculator is solved, tab     ${list(tab)}`);
  console.log(`the same on the command line                ${list(node)}`);
  const ratio = quantile(tab, 0.5) / quantile(node, 0.5);
  console.log(`ratio of the medians                        ${ratio.toFixed(2)}`);
  await trainLong(site.url);
  site.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
