// Times updates here and in PyTorch, alternating in one process tree, one thread each and pinned.
//
//     npm run bench                             every table
//     npm run bench -- --rounds 20              more rounds (default 8)
//     npm run bench -- --section reader         one of published, reader, cores, machines
//
// PyTorch is used when a python3 with torch is found (Debian: python3-torch, libopenblas0-pthread).

import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasTaskset, pythonWithTorch } from './contestant.ts';
import { cores } from './coresSection.ts';
import { machines } from './machinesSection.ts';
import { published } from './publishedSection.ts';
import { reader } from './readerSection.ts';

const SECTIONS = { published, reader, cores, machines } as const;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' }, section: { type: 'string' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) refuse('rounds', 'a whole number from 1', values.rounds);
const { section } = values;
if (section !== undefined && !Object.hasOwn(SECTIONS, section)) {
  refuse('section', `one of ${Object.keys(SECTIONS).join(', ')}`, section);
}

function refuse(option: string, expected: string, received: string): never {
  console.error(`innerloop: --${option}: expected ${expected}, received ${received}`);
  process.exit(2);
}

const here = dirname(fileURLToPath(import.meta.url));
const python = pythonWithTorch();
console.log(`node bench/bench.ts --rounds ${rounds}${section === undefined ? '' : ` --section ${section}`}`);
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; pinned: ${hasTaskset ? 'yes' : 'no taskset here'}`,
);
if (!python) console.log('PyTorch: no python3 with torch found (Debian: python3-torch, libopenblas0-pthread)');
for (const [name, run] of Object.entries(SECTIONS)) {
  if (section === undefined || section === name) await run(here, rounds, python);
}
