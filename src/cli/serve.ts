// `innerloop serve`: the page over the runs on disk.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InnerloopError } from '../core/errors.ts';
import { isLoopback } from '../serve/hosts.ts';
import { serveRuns } from '../serve/server.ts';
import { NOT_BUILT } from '../serve/site.ts';
import { integer } from './arguments.ts';
import { EXIT } from './failure.ts';
import { listenForInterrupts } from './interrupts.ts';
import { print, printJson, whenOutputCloses } from './output.ts';

const PORT = 4470;
const HOST = '127.0.0.1';

const EXAMPLES = `
Examples:
  $ innerloop serve                           the runs below runs/, at http://${HOST}:${PORT}/
  $ innerloop serve runs/results --port 0     others, at any port that is free
  $ innerloop serve runs/calculator-default-seed0
  $ innerloop serve --json                    one line with the url, for programs

It only reads, only in that folder, and only this machine reaches it. From another one, tunnel: that keeps it private, and
browsers let pages use threads over loopback alone:
  $ ssh -L ${PORT}:localhost:${PORT} that-machine

--host 0.0.0.0 listens on all addresses: whoever reaches them can read the runs.
Ctrl-C ends it. Exit codes: 0 ended by Ctrl-C, 2 bad input or a port in use, 143 SIGTERM.`;

/** Of the package, whether it runs from \`src\` or from \`dist\`. */
const SITE = fileURLToPath(new URL('../../web/dist/', import.meta.url));

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly json?: true;
}

export function addServe(program: Command, end: (code: number) => void): void {
  program
    .command('serve')
    .summary('show the runs on disk in a browser, live')
    .description('Serves the playground over the runs on disk: lists, curves and checkpoints, live.')
    .argument('[folder]', 'of runs, or one run', 'runs')
    .option('--port <number>', '0 for any that is free', integer('--port', 0, 65_535), PORT)
    .option('--host <address>', 'the address or name to listen on', HOST)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, options: ServeOptions) => end(await serve(folder, options)));
}

async function serve(folder: string, { host, json, port }: ServeOptions): Promise<number> {
  if (!existsSync(folder)) {
    const hint = 'train a run first (npx innerloop train), or name the folder that holds some';
    throw new InnerloopError({ kind: 'file', path: folder, reason: 'no such folder', hint });
  }
  const onError = (error: unknown): void => {
    process.stderr.write(`innerloop: ${error instanceof Error ? error.stack : error}\n`);
  };
  const interrupts = listenForInterrupts(() => {});
  whenOutputCloses(() => interrupts.stop(EXIT.closedPipe));
  try {
    const server = await serveRuns({ folder, host, onError, port, site: SITE });
    const isBuilt = existsSync(join(SITE, 'index.html'));
    if (json) printJson({ event: 'serving', url: server.url, folder, page: isBuilt });
    else {
      print(`${folder} at ${server.url}   Ctrl-C ends it`);
      if (!isBuilt) print(NOT_BUILT);
      if (!isLoopback(server.address)) print('Whoever reaches this address can read these runs.');
    }
    await stopped(interrupts.signal);
    await server.close();
  } finally {
    interrupts.release();
  }
  return interrupts.code === EXIT.interrupted ? EXIT.success : (interrupts.code ?? EXIT.success);
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
