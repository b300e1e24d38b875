// The package as its users get it: packed, installed into an empty project, imported in Node, checked by TypeScript,
// built into a page, called by name.

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM, openBrowser } from '../browser/chromium.ts';
import { carryOut, type Order } from '../browser/page/training.ts';
import { serve } from '../browser/site.ts';
import { type Consumer, makeConsumer, ROOT, readmeProgram } from './consumer.ts';

const SHORT: Order = { input: { task: 'calculator', updates: 20 } };

const THREADED = `
import { train } from 'innerloop';
import { accelerate } from 'innerloop/node';

accelerate();
for await (const event of train(${JSON.stringify(SHORT.input)}, { threads: 2 })) {
  if (event.type === 'started' && event.threads !== 2) throw new Error('one thread only');
  if (event.type === 'finished') console.log(event.hash);
}
`;

let project: Consumer;

beforeAll(async () => {
  project = await makeConsumer();
  const example = readFileSync(join(ROOT, 'examples/bisection.ts'), 'utf8');
  project.write('bisection.ts', example.replace("'../src/index.ts'", "'innerloop'"));
  project.write('threaded.ts', THREADED);
  project.write('readme.ts', readmeProgram());
});

afterAll(() => project?.remove());

test('the tarball holds what is needed, and is small', () => {
  const { files, size } = project.packed;
  const paths = files.map(({ path }) => path);
  const stray = paths.filter(
    (path) =>
      !/^(LICENSE|README\.md|package\.json|bin\/innerloop\.js|bench\/results\/\w+\.json|dist\/.*\.(js|d\.ts)|web\/dist\/.*)$/.test(
        path,
      ),
  );
  expect(stray).toEqual([]);
  expect(paths.filter((path) => path.includes('.test.'))).toEqual([]);
  for (const needed of [
    'LICENSE',
    'README.md',
    'dist/index.js',
    'dist/kernels/wasm.generated.js',
    'web/dist/index.html',
  ]) {
    expect(paths).toContain(needed);
  }
  // 796 kB: 508 of the library, text throughout, with documentation comments and declarations; 288 of the built page, which
  // is a library of its own with the kernels in it once more.
  expect(size).toBeLessThan(900_000);
});

test('the program of the README runs', async () => {
  expect(await project.run('node', 'readme.ts')).not.toBe('');
});

test('the example runs, and two threads come to the bits of one', async () => {
  expect(await project.run('node', 'bisection.ts')).toContain('solved');
  expect((await project.run('node', 'threaded.ts')).trim()).toBe((await carryOut(SHORT)).hash);
});

test.each(['nodenext', 'bundler'])('the types hold together under moduleResolution %s', async (moduleResolution) => {
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false },
    ...{ target: 'es2023', lib: ['es2023', 'dom'], moduleResolution },
    module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  };
  const check = (files: readonly string[], options: object = compilerOptions): Promise<string> => {
    const name = `tsconfig.${moduleResolution}.json`;
    project.write(name, JSON.stringify({ compilerOptions: options, files }));
    return project.run('node', join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', name);
  };
  await check(['readme.ts', 'bisection.ts', 'threaded.ts']);
  // In a page there is nothing of Node, not even its types.
  project.write(
    'page.ts',
    "import { train } from 'innerloop';\nexport const events = train({ task: 'calculator' });\n",
  );
  await check(['page.ts'], { ...compilerOptions, types: [] });
  project.write('wrong.ts', "import { train } from 'innerloop';\nexport const events = train({ task: 1 });\n");
  await expect(check(['wrong.ts'])).rejects.toThrow('TS2322');
});

test('the suites come along', async () => {
  expect(await project.run('npx', '--no-install', 'innerloop', 'results')).toContain('recipe');
});

test('npx finds the command', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect((await project.run('npx', '--no-install', 'innerloop', '--version')).trim()).toBe(version);
});

test.skipIf(!CHROMIUM)('a page built with Vite trains', async () => {
  cpSync(join(ROOT, 'test/browser/page'), join(project.folder, 'page'), { recursive: true });
  await build({ root: join(project.folder, 'page'), configFile: false, logLevel: 'warn' });
  const { url, close } = await serve(join(project.folder, 'page/dist'));
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    await page.goto(url);
    const { hash } = await page.evaluate((order) => window.trainInWorker(order), SHORT);
    expect(hash).toBe((await carryOut(SHORT)).hash);
  } finally {
    await browser.close();
    close();
  }
});
