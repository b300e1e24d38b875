// The page has one direction of imports too: views build on state, engine and parts, and never on each other.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LINE_LIMIT } from '../architecture/rules.ts';
import { readSource } from '../architecture/sourceFile.ts';

const SOURCES = join(import.meta.dirname, '../../web/src');
/** What folders that are no views may import beside themselves. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  ui: [],
  engine: [],
  state: ['engine'],
  // What several views show.
  stage: ['ui', 'engine', 'state'],
  inside: ['ui', 'engine', 'state', 'stage'],
};
const VIEW = [...Object.keys(BELOW)];
/** The page around the views, which knows all of them. */
const ABOVE = ['app', ''];
const { dependencies } = JSON.parse(readFileSync(join(SOURCES, '../package.json'), 'utf8'));
/** Of these, the one that the library's schemas are made of has one place to speak to it. */
const STRICT = 'engine/strict.ts';

/** Whether it is the library's public entry, or stands in the page's own package.json. */
function mayImport(path: string, name: string): boolean {
  const own = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  if (own === 'zod') return path === STRICT;
  return name === 'innerloop' || Object.hasOwn(dependencies, own);
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

test('web keeps the directions, its packages and its lengths', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\.d\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(30);
  const broken = files.flatMap((path) => {
    const { imports, lines, packages } = readSource(path, readFileSync(join(SOURCES, path), 'utf8'));
    const folder = folderOf(path);
    const allowed = ABOVE.includes(folder) ? undefined : (BELOW[folder] ?? VIEW);
    return [
      ...imports
        .filter((other) => other.startsWith('..') || (allowed && ![folder, ...allowed].includes(folderOf(other))))
        .map((other) => `${path} may not import ${other}`),
      ...packages.filter((name) => !mayImport(path, name)).map((name) => `${path} may not import ${name}`),
      ...(lines > LINE_LIMIT ? [`${path} has ${lines} lines`] : []),
    ];
  });
  expect(broken).toEqual([]);
});
