// The built page (`built.ts`) in a subfolder of a static host, and a browser on it that notices whatever goes wrong.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openBrowser } from '../browser/chromium.ts';
import { serve } from '../browser/site.ts';

/** Trainings on a shared machine: a limit against hanging, not a measure. */
const LIMIT = { timeout: 100_000 };
/** An address’s words for the agent that `built.ts` has trained on calculator: nobody has to wait for it. */
export const TRAINED_AGENT = 'agent=trained.safetensors';
/** Not the root, so that an address that is not relative fails. */
const FOLDER = 'some/folder';

export interface OpenOptions {
  /** `#/learn?v=1&task=recall` */
  readonly hash?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Run before anything of the page. */
  readonly before?: () => void;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors, warnings and violations of the page's policy so far; and requests to anywhere else. */
  readonly complaints: readonly string[];
}

export interface Site {
  readonly url: string;
  /** Where the build stands on disk. */
  readonly folder: string;
  readonly context: BrowserContext;
  open(options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Serves a copy of the page and opens a browser with a new profile. */
export async function openSite(): Promise<Site> {
  const root = mkdtempSync(join(tmpdir(), 'innerloop-web-'));
  const folder = join(root, FOLDER);
  cpSync(inject('builtPage'), folder, { recursive: true });
  const site = await serve(root);
  const browser = await openBrowser();
  const url = `${site.url}${FOLDER}/`;
  return {
    url,
    folder,
    context: browser.context,
    async open({ before, hash = '', size = { width: 1280, height: 900 } } = {}) {
      const page = await browser.context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // Whether there are runs to list is found out by asking for them: elsewhere the browser itself notes the 404.
        if (/\/api\/(runs|events)$/.test(message.location().url)) return;
        if (['error', 'warning'].includes(message.type()))
          complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('request', (request) => {
        const address = request.url();
        if (!address.startsWith(url) && !/^(data|blob):/.test(address)) complaints.push(`asked for ${address}`);
      });
      await page.setViewportSize(size);
      if (before) await page.addInitScript(before);
      await page.goto(url + hash);
      return { page, complaints };
    },
    async close() {
      await browser.close();
      site.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The number in an element's text. */
export async function numberIn(page: Page, testId: string): Promise<number> {
  return Number((await page.getByTestId(testId).textContent())!.replaceAll(/[^\d.]/g, ''));
}

/** Waits until the training's status is one of these. */
export async function untilStatus(page: Page, ...statuses: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (wanted) => wanted.includes(document.querySelector('[data-testid=status]')?.textContent ?? ''),
    statuses,
    LIMIT,
  );
}

/** Waits until at least so many updates are done. */
export async function untilUpdate(page: Page, update: number): Promise<void> {
  await page.waitForFunction(
    (least) => Number(document.querySelector('[data-testid=update]')?.textContent?.replaceAll(/\D/g, '')) >= least,
    update,
    LIMIT,
  );
}

/** Lets go of a file over the page. */
export async function drop(page: Page, name: string, bytes: Uint8Array, over = 'body'): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([called, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content)], called));
      return data;
    },
    [name, [...bytes]] as const,
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent(over, type, { dataTransfer: transfer });
}

/** Ends all workers without a word, as when a system runs out of memory. */
export async function killWorkers(page: Page): Promise<void> {
  for (const worker of page.workers()) await worker.evaluate(() => close()).catch(() => undefined);
}

const PICTURES = process.env.SCREENSHOTS;

/** A picture to look at, where `SCREENSHOTS=<folder>` asks for some. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}
