// The reader's update (reader.ts), driven over stdin and stdout: a line {"updates"} is answered by {"milliseconds": [one
// per update], "outcome"}, the outcome being that of the first batch.
//
//     node bench/readerUpdate.ts FILE record           trains an agent halfway, and records it and what it plays
//     node bench/readerUpdate.ts FILE THREADS [plain]  takes the recorded batches in turn

import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { accelerate } from '../src/kernels/node.ts';
import { Reader, record, recorded } from './reader.ts';

const [, , file = '', threads = '1', mode] = process.argv;
const revectorise = mode !== 'plain';
accelerate({ revectorise });
if (threads === 'record') {
  writeFileSync(file, await record());
  process.exit(0);
}

const WARM_UP = 40;
const reader = await Reader.open(Number(threads), recorded(readFileSync(file)));
for (let i = 0; i < WARM_UP; i++) reader.turn(i);
console.log(JSON.stringify({ node: process.version, v8: process.versions.v8, threads: Number(threads), revectorise }));
for await (const line of createInterface({ input: process.stdin })) {
  const { updates } = JSON.parse(line) as { updates: number };
  const milliseconds = Array.from({ length: updates }, (_, i) => {
    const before = performance.now();
    reader.turn(i);
    return performance.now() - before;
  });
  console.log(JSON.stringify({ milliseconds, outcome: reader.turn(0) }));
}
process.exit(0);
