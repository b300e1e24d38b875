// The cores side by side (coreUpdate.ts): the same programs for the same problems.

import { join } from 'node:path';
import { alternate, Contestant, introduce, row } from './contestant.ts';

/** Updates of a round. */
const UPDATES = 8;
/** Presets of `expressions` whose agents take part. */
const PRESETS = { 'GRU that reads, attends and points': 'default', transformer: 'transformer' } as const;

export async function cores(here: string, rounds: number): Promise<void> {
  const script = join(here, 'coreUpdate.ts');
  const contestants = Object.entries(PRESETS).map(
    ([name, preset]) => new Contestant(name, [process.execPath, script, preset]),
  );
  console.log('\nThe cores (192 shortest programs of n ≤ 4, imitated), without machines’ problems and hindsight');
  await introduce(contestants);
  const standings = await alternate(contestants, rounds, { updates: UPDATES });
  console.log(`\n${rounds} rounds of ${UPDATES} updates`);
  console.log(row('', ['median ms', 'best ms', 'updates/s', 'of the GRU']));
  for (const { best, median, name, ratio } of standings) {
    console.log(row(name, [median.toFixed(1), best.toFixed(1), (1000 / median).toFixed(1), `${ratio.toFixed(2)}×`]));
  }
  for (const contestant of contestants) contestant.end();
}
