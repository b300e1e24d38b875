// The machines of `expressions` by themselves (machineSteps.ts).

import { join } from 'node:path';
import { alternate, Contestant, introduce, row } from './contestant.ts';

export async function machines(here: string, rounds: number): Promise<void> {
  const contestant = new Contestant('expressions', [process.execPath, join(here, 'machineSteps.ts')]);
  console.log('\nMachines alone: shortest programs, n ≤ 6, masks written, problems put in');
  await introduce([contestant]);
  const [standing] = await alternate([contestant], rounds, { updates: 20 });
  const { best, last, median, name } = standing!;
  const speed = (ms: number): string => `${((last.steps as number) / ms / 1000).toFixed(1)}`;
  console.log(row('', ['median', 'best, million steps/s']));
  console.log(row(name, [speed(median), speed(best)]));
  contestant.end();
}
