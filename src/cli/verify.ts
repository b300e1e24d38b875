// `innerloop verify`: recomputes a folder of PyTorch's reference data.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readSafetensors } from '../formats/safetensors.ts';
import { accelerate } from '../kernels/node.ts';
import { onFile } from '../runs/fileErrors.ts';
import { type EnvironmentReport, verifyEnvironment } from '../verification/environment.ts';
import { verifyNetwork } from '../verification/network.ts';
import { verifyPointer } from '../verification/pointer.ts';
import { type Comparison, holds } from '../verification/reference.ts';
import { verifyTransformer } from '../verification/transformer.ts';
import { EXIT } from './failure.ts';
import { count, small, table } from './format.ts';
import { painter, print, printJson } from './output.ts';

const NETWORK = 'actor-critic.safetensors';
const ENVIRONMENT = 'tutorial-environment.csv';
/** The agents that have a file of their own, and who recomputes it. */
const AGENTS = {
  'pointer-agent.safetensors': verifyPointer,
  'transformer-agent.safetensors': verifyTransformer,
} as const;
/** Wrong lines that are named. */
const NAMED = 5;

const EXAMPLES = `
Examples:
  $ innerloop verify test/golden
  $ npm run verify -- test/golden-40
  $ npm run verify -- test/golden-pointer
  $ npm run verify -- test/golden-transformer

The folder holds ${NETWORK} and ${ENVIRONMENT}, or an agent’s:
${Object.keys(AGENTS).join(' or ')}. Exit code 1 when anything
differs by more than its limit.`;

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
      const { comparisons, environment } = await verifyFolder(folder);
      const failed = comparisons.filter((comparison) => !holds(comparison)).length;
      if (options.json) {
        for (const comparison of comparisons) printJson({ event: 'group', ...comparison, ok: holds(comparison) });
        const { rows, wrong } = environment ?? { rows: 0, wrong: [] };
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
        if (environment) reportWrong(environment.wrong);
        const cases = environment ? `, ${count(environment.rows)} rows of ${ENVIRONMENT}` : '';
        print(`${comparisons.length - failed} of ${comparisons.length} groups ok${cases}`);
      }
      end(failed > 0 ? EXIT.failure : EXIT.success);
    });
}

/** Recomputes what lies in the folder: agents' data, or the published network's and its environment's. */
async function verifyFolder(
  folder: string,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly environment?: EnvironmentReport }> {
  const read = (file: string) => onFile(join(folder, file), () => readFileSync(join(folder, file)));
  const tensors = (file: string) => readSafetensors(read(file), join(folder, file));
  const agents: Comparison[] = [];
  for (const [file, verify] of Object.entries(AGENTS)) {
    if (existsSync(join(folder, file))) agents.push(...(await verify(tensors(file))));
  }
  if (agents.length > 0 && !existsSync(join(folder, NETWORK))) return { comparisons: agents };
  const published = tensors(NETWORK);
  const environment = verifyEnvironment(read(ENVIRONMENT).toString('utf8'), join(folder, ENVIRONMENT));
  return { comparisons: [...environment.comparisons, ...(await verifyNetwork(published)), ...agents], environment };
}

function reportWrong(wrong: readonly number[]): void {
  const named = wrong.slice(0, NAMED).join(', ');
  const more = wrong.length > NAMED ? ', …' : '';
  if (named) print(`${wrong.length} rows of ${ENVIRONMENT} differ: lines ${named}${more}`);
}
