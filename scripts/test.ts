// `npm test [-- <part of a path> …]`: types, lint and format, then the tests. Every step runs even when one before it
// failed; each counts as a check of its own, and the last line says how many checks passed and failed.

import './buildKernels.ts';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { add, line, type Tally, tallyOf } from './tally.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a tool of node_modules/.bin's packages on this very Node. */
function step(name: string, tool: string, ...args: string[]): Tally {
  console.log(`\n> ${name}`);
  const { error, status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(error.message);
  const passed = status === 0 ? 1 : 0;
  if (!passed) console.error(`${name}: failed`);
  return { passed, failed: 1 - passed, skipped: 0 };
}

async function tests(filters: string[]): Promise<Tally> {
  console.log('\n> tests');
  const vitest = await startVitest('test', filters, { root, run: true, watch: false });
  const counts = tallyOf(vitest.state.getTestModules(), vitest.state.getUnhandledErrors());
  await vitest.close();
  return counts;
}

const steps = [
  step('types', 'typescript/bin/tsc', '-p', '.'),
  step('lint and format', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
];
const total = [...steps, await tests(process.argv.slice(2))].reduce(add);
console.log(`\n${line(total)}`);
process.exit(total.failed > 0 || process.exitCode ? 1 : 0);
