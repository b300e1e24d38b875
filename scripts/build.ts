// Emits `dist`, what the package is published as: JavaScript and declarations, the kernels among them. Needed because
// Node strips no types under node_modules; development runs the sources as they are.

import './buildKernels.ts';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const { error, status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], {
  // Standard output belongs to `npm pack --json`, which runs this before it prints.
  stdio: ['ignore', 2, 'inherit'],
});
if (error) throw error;
if (status !== 0) process.exit(status ?? 1);

// The compiler rewrites `.ts` in the imports of JavaScript, but neither in declarations nor in the addresses of workers.
const ADDRESS = /(\bfrom |\bimport\(|\bnew URL\((?:\/\*.*?\*\/ )?)(['"])(\.{1,2}\/[^'"]*)\.ts\2/g;
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|d\.ts)$/.test(file)) continue;
  const path = join(dist, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(ADDRESS, '$1$2$3.js$2');
  if (after !== before) writeFileSync(path, after);
}
