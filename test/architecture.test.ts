// The house has one direction of imports and no cycles; and the check that says so can fail.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LINE_LIMIT, tooLong, violations } from './architecture/rules.ts';
import { readSource } from './architecture/sourceFile.ts';

const ROOT = join(import.meta.dirname, '..');

/** TypeScript files below a folder of the repository, without what is generated. */
function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
}

const code = (folder: string, file: string): string => readFileSync(join(ROOT, folder, file), 'utf8');

/** Sentences about a made-up tree. */
const judge = (tree: Readonly<Record<string, string>>): string[] =>
  violations(Object.entries(tree).map(([path, source]) => readSource(path, source)));

test('src keeps the directions and holds no cycle', () => {
  const generated = ['kernels/wasm.generated.ts'];
  const files = filesOf('src').filter((file) => !file.startsWith('kernels/assembly/') && !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(50);
  const sources = files.map((file) => readSource(file, code('src', file)));
  expect(violations([...sources, ...generated.map((path) => readSource(path, ''))])).toEqual([]);
});

test(`no file is longer than ${LINE_LIMIT} lines`, () => {
  const files = ['src', 'test', 'bench', 'examples', 'scripts'].flatMap((folder) =>
    filesOf(folder).map((file) => ({ path: `${folder}/${file}`, source: code(folder, file) })),
  );
  expect(files.flatMap(({ path, source }) => tooLong(path, source.trimEnd().split('\n').length))).toEqual([]);
  expect(judge({ 'core/long.ts': '// x\n'.repeat(401) })).toEqual(['core/long.ts has 401 lines; 400 are the limit']);
});

test('an import against the direction is found, however it is written', () => {
  const forbidden = ['tasks/a.ts may not import network/b.ts'];
  const b = { 'network/b.ts': 'export const x = 1;' };
  for (const line of [
    "import { x } from '../network/b.ts';",
    "import type { X } from '../network/b.ts';",
    "import '../network/b.ts';",
    "export * from '../network/b.ts';",
    "export { x } from '../network/b.ts';",
    "export const y = import('../network/b.ts');",
    "export type Y = import('../network/b.ts').X;",
    "export const y = new Worker(new URL('../network/b.ts', import.meta.url));",
  ]) {
    expect(judge({ 'tasks/a.ts': line, ...b }), line).toEqual(forbidden);
  }
  expect(
    judge({ 'tasks/a.ts': "// import '../network/b.ts';\nexport const y = 'import \"../network/b.ts\"';" }),
  ).toEqual([]);
  expect(judge({ 'attic/a.ts': '' })).toEqual(['attic/a.ts: folder attic has no line in the table of directions']);
  expect(judge({ 'core/a.ts': "import '../../test/b.ts';" })).toEqual([
    'core/a.ts reaches out of the tree: ../test/b.ts',
  ]);
});

test('a cycle is found once, types included; a worker that imports its maker is none', () => {
  const ring = {
    'core/c.ts': "import '../core/a.ts';",
    'core/b.ts': "import type { C } from './c.ts';",
    'core/a.ts': "import './b.ts';",
    'core/d.ts': "import './b.ts';",
  };
  expect(judge(ring)).toEqual(['a cycle: core/a.ts → core/b.ts → core/c.ts → core/a.ts']);
  expect(judge({ 'core/a.ts': "import './a.ts';" })).toEqual(['a cycle: core/a.ts → core/a.ts']);
  const team = "new Worker(new URL('./worker.ts', import.meta.url));";
  expect(judge({ 'training/team.ts': team, 'training/worker.ts': "import './team.ts';" })).toEqual([]);
});

test('Node stays where it belongs, and so does printing', () => {
  const reads = "import { readFileSync } from 'node:fs';";
  expect(judge({ 'runs/a.ts': reads, 'cli/a.ts': reads, 'kernels/node.ts': reads, 'node.ts': reads })).toEqual([]);
  expect(judge({ 'training/a.ts': reads, 'formats/a.ts': reads })).toEqual([
    'training/a.ts may not import node:fs',
    'formats/a.ts may not import node:fs',
  ]);
  expect(judge({ 'core/a.ts': 'export const a = process.env;' })).toEqual(["core/a.ts may not use Node's process"]);
  expect(judge({ 'core/a.ts': 'export const a = (b: { process: 1 }) => b.process;' })).toEqual([]);
  expect(judge({ 'training/a.ts': 'console.log(1);', 'cli/a.ts': 'console.log(1);' })).toEqual([
    'training/a.ts prints; only cli/ does',
  ]);
  expect(judge({ 'index.ts': "export * from './cli/a.ts';", 'cli/a.ts': '' })).toEqual(['index.ts reaches cli/a.ts']);
  expect(judge({ 'index.ts': "export * from './core/a.ts';" })).toEqual(['core/a.ts is imported but missing']);
});

test('arithmetic whose bits differ between engines is found on the training path only', () => {
  const inexact = 'export const f = (x: number) => Math.exp(x) + Math.floor(x) + x ** 2; let y = 2; y **= 3;';
  expect(judge({ 'core/a.ts': inexact })).toEqual([
    'core/a.ts uses Math.exp, whose bits differ between engines, on the training path',
    'core/a.ts uses **, whose bits differ between engines, on the training path',
  ]);
  const hidden = ['const { log } = Math;', "Math['log'](1);", 'const m = Math;'];
  for (const line of hidden) expect(judge({ 'network/a.ts': line }), line).toHaveLength(1);
  expect(judge({ 'network/a.ts': 'Math.random();' })).toHaveLength(1);
  expect(judge({ 'insight/a.ts': inexact })).toEqual([]);
});
