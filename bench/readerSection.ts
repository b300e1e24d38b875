// The update that reads expressions (reader.ts, pytorch/pointer_update.py): the same recorded batches on both sides.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate, Contestant, introduce, row, type Standing } from './contestant.ts';

/** Updates of a round; the recorded batches are taken in turn. */
const UPDATES = 8;
/** Between the losses and gradient norms of the two sides. */
const TOLERANCE = 1e-4;

export async function reader(here: string, rounds: number, python: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-bench-'));
  try {
    const file = join(folder, 'batches.safetensors');
    const script = join(here, 'readerUpdate.ts');
    const { status } = spawnSync(process.execPath, [script, file, 'record'], { stdio: 'inherit' });
    if (status !== 0) throw new Error('recording the batches failed');
    const ours = [process.execPath, script, file];
    const contestants = [
      new Contestant('innerloop', [...ours, '1']),
      new Contestant('innerloop, 128-bit (as in a browser)', [...ours, '1', 'plain']),
      new Contestant('innerloop, two threads', [...ours, '2'], {}, '0,1'),
    ];
    if (python) {
      const peer = [python, join(here, 'pytorch/pointer_update.py'), file];
      contestants.push(new Contestant('PyTorch, ended lanes left out of rollouts', peer, { form: 'compact' }));
      contestants.push(new Contestant('PyTorch, all lanes to the longest', peer, { form: 'padded' }));
      contestants.push(new Contestant('PyTorch, as before, in one pass', peer, { form: 'kept' }));
    }
    console.log('\nThe reader update (192 episodes, n ≤ 6), with hindsight');
    await introduce(contestants);
    const standings = await alternate(contestants, rounds, { updates: UPDATES });
    console.log(
      `\n${rounds} rounds of ${UPDATES} updates; ours with problems, machines, masks and tracing, PyTorch without`,
    );
    console.log(row('', ['median ms', 'best ms', 'updates/s', 'innerloop is']));
    for (const { best, median, name, ratio } of standings) {
      console.log(row(name, [median.toFixed(1), best.toFixed(1), (1000 / median).toFixed(1), `${ratio.toFixed(2)}×`]));
    }
    console.log(`losses and gradient norm of the first batch agree within ${agreement(standings).toExponential(1)}`);
    for (const contestant of contestants) contestant.end();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The largest relative difference between the outcomes of any contestant and the first. */
function agreement(standings: readonly Standing[]): number {
  const [first, ...others] = standings.map(({ last }) => last.outcome as Readonly<Record<string, number>>);
  const differences = others.flatMap((other) =>
    Object.entries(first!).map(([name, value]) => Math.abs(other[name]! - value) / Math.abs(value)),
  );
  const worst = Math.max(...differences);
  if (!(worst <= TOLERANCE))
    throw new Error(`the contestants do not do the same: ${JSON.stringify([first, ...others])}`);
  return worst;
}
