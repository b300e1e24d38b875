#!/usr/bin/env node
// Starts the command line. Plain JavaScript that old versions of Node can parse, so that they can be told: no `?.`, no
// `??`, no top-level await, and modules of Node only where they are needed.

/** The first version that runs TypeScript sources without a flag, and the one that a checkout brings along. */
const STRIPS_TYPES = 22.18;
const OLDEST = 22;
const BROUGHT_ALONG = 24;

const parts = process.versions.node.split('.').map(Number);
const version = parts[0] + Math.min(parts[1], 99) / 100;
const installed = import.meta.url.includes('/node_modules/');

if (installed || version >= BROUGHT_ALONG) start();
else startWithOwnNode().catch(fail);

function start() {
  if (version < OLDEST) {
    refuse(`innerloop needs Node ${OLDEST} or newer, and this is ${process.versions.node}; get one from nodejs.org`);
    return;
  }
  if (!installed && version < STRIPS_TYPES) {
    const hint = 'run `npm install` there, which brings one';
    refuse(
      `a checkout of innerloop needs Node ${STRIPS_TYPES} or newer, and this is ${process.versions.node}; ${hint}`,
    );
    return;
  }
  if (process.channel) {
    // Started by `startWithOwnNode`: ends with it, however that ends.
    process.on('disconnect', () => process.exit(137));
    process.channel.unref();
  }
  // Type stripping is refused under node_modules, where the compiled files are.
  import(installed ? '../dist/cli/main.js' : '../src/cli/main.ts').then((cli) => cli.main(process.argv)).catch(fail);
}

/** A checkout has a newer Node among its dependencies; this process then only waits for it. */
async function startWithOwnNode() {
  const [{ existsSync }, { spawn }, { constants }] = await Promise.all([
    import('node:fs'),
    import('node:child_process'),
    import('node:os'),
  ]);
  const { fileURLToPath } = await import('node:url');
  const candidates = ['node', 'node.exe'].map((name) => new URL(`../node_modules/node/bin/${name}`, import.meta.url));
  const node = candidates.map((url) => fileURLToPath(url)).find((path) => existsSync(path));
  if (!node) {
    start();
    return;
  }
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(node, [fileURLToPath(import.meta.url)].concat(process.argv.slice(2)), { stdio });
  child.on('error', fail);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : code);
  });
}

function refuse(sentence) {
  process.stderr.write(`innerloop: ${sentence}\n`);
  process.exitCode = 2;
}

function fail(error) {
  process.stderr.write(`innerloop: ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
