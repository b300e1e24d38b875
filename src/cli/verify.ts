// `innerloop verify`: recomputes a folder of PyTorch's reference data.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readSafetensors } from '../formats/safetensors.ts';
import { accelerate } from '../kernels/node.ts';
import { onFile } from '../runs/fileErrors.ts';
import { verifyEnvironment } from '../verification/environment.ts';
import { holds, verifyNetwork } from '../verification/network.ts';
import { EXIT } from './failure.ts';
import { count, small, table } from './format.ts';
import { painter, print, printJson } from './output.ts';

const NETWORK = 'actor-critic.safetensors';
const ENVIRONMENT = 'tutorial-environment.csv';
/** Wrong lines that are named. */
const NAMED = 5;

const EXAMPLES = `
Examples:
  $ innerloop verify test/golden
  $ npm run verify -- test/golden-40

The folder holds ${NETWORK} and ${ENVIRONMENT}. Exit code 1 when anything differs by more
than its limit.`;

export function addVerify(program: Command, end: (code: number) => void): void {
  program
    .command('verify')
    .summary('recompute a folder of PyTorch reference data')
    .description('Recomputes PyTorch’s reference data: the environment, the network, its gradients and Adam.')
    .argument('<folder>', 'where the reference data lie')
    .option('--json', 'print one JSON object a group instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: { json?: true }) => {
      accelerate();
      const read = (file: string) => onFile(join(folder, file), () => readFileSync(join(folder, file)));
      const tensors = readSafetensors(read(NETWORK), join(folder, NETWORK));
      const environment = verifyEnvironment(read(ENVIRONMENT).toString('utf8'), join(folder, ENVIRONMENT));
      const comparisons = [...environment.comparisons, ...(await verifyNetwork(tensors))];
      const failed = comparisons.filter((comparison) => !holds(comparison)).length;
      if (options.json) {
        for (const comparison of comparisons) printJson({ event: 'group', ...comparison, ok: holds(comparison) });
        const { rows, wrong } = environment;
        printJson({ event: 'verified', ok: failed === 0, groups: comparisons.length, failed, rows, wrongLines: wrong });
      } else {
        const paint = painter();
        const rows = comparisons.map((comparison) => [
          comparison.group,
          small(comparison.error),
          small(comparison.limit),
          holds(comparison) ? paint('green', 'ok') : paint('red', 'FAIL'),
        ]);
        print(table(['group', '>worst error', '>limit', ''], rows));
        const named = environment.wrong.slice(0, NAMED).join(', ');
        const more = environment.wrong.length > NAMED ? ', …' : '';
        if (named) print(`${environment.wrong.length} rows of ${ENVIRONMENT} differ: lines ${named}${more}`);
        print(
          `${comparisons.length - failed} of ${comparisons.length} groups ok, ${count(environment.rows)} rows of ${ENVIRONMENT}`,
        );
      }
      end(failed > 0 ? EXIT.failure : EXIT.success);
    });
}
