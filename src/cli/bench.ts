// `innerloop bench`: the benchmark of a checkout.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';

const EXAMPLES = `
Examples:
  $ innerloop bench
  $ innerloop bench --help      the benchmark's own options`;

export function addBench(program: Command, end: (code: number) => void): void {
  program
    .command('bench')
    .summary('measure updates here and in PyTorch (in a checkout)')
    .description('Measures the reference updates here and, where a python3 with torch is found, in PyTorch.')
    .argument('[options...]', "the benchmark's own")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText('after', EXAMPLES)
    .action((options: readonly string[]) => {
      const script = fileURLToPath(new URL('../../bench/bench.ts', import.meta.url));
      if (!existsSync(script)) {
        const what = 'this package comes without the benchmark';
        throw new InnerloopError({ kind: 'conflict', what, hint: 'run it in a checkout: npm run bench' });
      }
      const { status } = spawnSync(process.execPath, [script, ...options], { stdio: 'inherit' });
      end(status ?? 1);
    });
}
