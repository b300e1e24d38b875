// Without a server after the first load, from any folder of a static host, and never a word to anybody else.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM } from '../browser/chromium.ts';
import { serve } from '../browser/site.ts';
import { openSite, type Site, untilStatus, untilUpdate } from './page.ts';

const VIEWS = {
  Watch: /watch/,
  Touch: /touch/,
  Compare: /compare/,
  'Take away': /takeaway/,
  Runs: /dashboard/,
  Learn: /learn/,
};

describe.skipIf(!CHROMIUM)('static host', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
  });

  afterAll(() => site.close());

  test('below a path the whole page works, goes on when its server is gone, and asks nobody else', async () => {
    const root = mkdtempSync(join(tmpdir(), 'innerloop-static-'));
    cpSync(site.folder, join(root, 'a/b'), { recursive: true });
    const host = await serve(root);
    const url = `${host.url}a/b/`;
    const elsewhere: string[] = [];
    const asked = (request: { url(): string }): void => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    };
    // Of the whole browser: its pages, their workers and the service worker.
    site.context.on('request', asked);
    try {
      const page = await site.context.newPage();
      const failures: string[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      await page.goto(url);
      await untilUpdate(page, 1);
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      host.close();
      await page.reload();
      await untilStatus(page, 'finished');
      for (const [name, address] of Object.entries(VIEWS)) {
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
        await page.waitForURL(address);
        await page.locator('main').getByRole('heading').first().waitFor();
        expect(await page.getByText('could not be loaded').count(), name).toBe(0);
      }
      // What is loaded only when it is wanted: a file that is opened.
      await page.getByRole('navigation').getByRole('link', { name: 'Take away' }).click();
      const file = { name: 'empty.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4) };
      await page.locator('input[type=file][accept]').setInputFiles(file);
      await page.getByRole('alert').getByText('empty.safetensors').waitFor();
      expect(failures).toEqual([]);
      expect(elsewhere).toEqual([]);
      await page.close();
    } finally {
      site.context.off('request', asked);
      host.close();
      rmSync(root, { recursive: true, force: true });
    }
  });

  test('the page’s own policy lets nothing in or out', async () => {
    const { page } = await site.open();
    const refused = await page.evaluate(async () => {
      const told: string[] = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => told.push(effectiveDirective));
      await fetch('http://example.invalid/').catch(() => undefined);
      const image = new Image();
      image.src = 'http://example.invalid/x.png';
      const script = document.createElement('script');
      script.textContent = 'globalThis.intruder = true';
      document.head.append(script);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { told, intruder: 'intruder' in globalThis };
    });
    expect(refused.intruder).toBe(false);
    expect(refused.told.sort()).toEqual(['connect-src', 'img-src', 'script-src-elem']);
    await page.close();
  });
});
