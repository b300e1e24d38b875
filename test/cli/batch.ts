// Runs the command line once for each list of arguments in the JSON given, all in this process, and prints how they
// ended. Starting a process for each would take most of the time.

import { main } from '../../src/cli/main.ts';

const write = process.stdout.write.bind(process.stdout);
const ends: object[] = [];
for (const args of JSON.parse(process.argv[2]!) as string[][]) {
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].removeAllListeners('error');
    process[stream].write = (chunk: string | Uint8Array) => {
      text[stream] += chunk;
      return true;
    };
  }
  process.exitCode = 0;
  await main(['node', 'innerloop', ...args]);
  ends.push({ code: process.exitCode, signal: null, ...text });
}
process.exitCode = 0;
write(JSON.stringify(ends));
