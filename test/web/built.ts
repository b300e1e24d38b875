// The page, built once for all tests of it, and an agent that has learnt calculator beside it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { train } from '../../src/index.ts';

const WEB = join(import.meta.dirname, '../../web');

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the build, which tests copy. */
    builtPage: string;
  }
}

let folder: string;

export async function setup({ provide }: TestProject): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'innerloop-web-'));
  await build({
    configFile: join(WEB, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  for await (const event of train({ task: 'calculator' })) {
    if (event.type === 'checkpoint') writeFileSync(join(folder, 'trained.safetensors'), event.bytes);
  }
  provide('builtPage', folder);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
