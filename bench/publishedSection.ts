// The reference update of the published system (referenceUpdate.ts, pytorch/reference_update.py), in three sizes.

import { join } from 'node:path';
import { alternate, Contestant, introduce, row } from './contestant.ts';

const TOKENS = 6;
const VOCABULARY = 18;
const SIZES = [
  { batch: 192, hidden: 96, updates: 100 },
  { batch: 2048, hidden: 96, updates: 10 },
  { batch: 192, hidden: 512, updates: 6 },
] as const;
type Size = (typeof SIZES)[number];

/** Multiply–adds of one update, counted twice as usual: forward, and two products backward. */
function flops({ batch, hidden }: Size): number {
  const forward = 2 * batch * TOKENS * hidden * (3 * hidden + VOCABULARY + 1);
  const table = 2 * VOCABULARY * hidden * 3 * hidden;
  return 3 * (forward + table);
}

export async function published(here: string, rounds: number, python: string | undefined): Promise<void> {
  const ours = [process.execPath, join(here, 'referenceUpdate.ts')];
  const asPublished = { afterEnd: 'train' };
  const contestants = [
    new Contestant('innerloop', [...ours, '1'], asPublished),
    new Contestant('innerloop, lanes end with their answer', [...ours, '1'], { afterEnd: 'mask' }),
    new Contestant('innerloop, 128-bit (as in a browser)', [...ours, '1', 'plain'], asPublished),
    new Contestant('innerloop, two threads', [...ours, '2'], asPublished, '0,1'),
  ];
  if (python) {
    const peer = [python, join(here, 'pytorch/reference_update.py')];
    contestants.push(new Contestant('PyTorch, its own GRU cell', peer, { cell: 'gru' }));
    contestants.push(new Contestant('PyTorch, our algorithm (table)', peer, { cell: 'table' }));
  }
  console.log('\nThe published update');
  await introduce(contestants);
  for (const size of SIZES) {
    const { batch, hidden, updates } = size;
    const standings = await alternate(contestants, rounds, size);
    console.log(`\n${batch} episodes × ${TOKENS} tokens, hidden ${hidden}: ${rounds} rounds of ${updates} updates`);
    console.log(row('', ['median ms', 'best ms', 'GFLOP/s', '  tokens/s', 'innerloop is']));
    for (const { best, median, name, ratio } of standings) {
      const tokens = Math.round((batch * TOKENS) / (median / 1000)).toLocaleString('en');
      const speed = (flops(size) / median / 1e6).toFixed(1);
      console.log(row(name, [median.toFixed(2), best.toFixed(2), speed, tokens.padStart(10), `${ratio.toFixed(2)}×`]));
    }
  }
  for (const contestant of contestants) contestant.end();
}
