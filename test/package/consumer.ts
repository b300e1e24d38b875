// A project outside of the checkout that has the packed package installed, as its users have it.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '../..');

/** What `npm pack --json` says of the tarball. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface Consumer {
  readonly folder: string;
  readonly packed: Packed;
  /** Writes a file of the project. */
  write(path: string, contents: string): void;
  /** Runs a program in the project. @returns its standard output. @throws Error with all that it printed. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  remove(): void;
}

/** Packs the checkout and installs the tarball into an empty project. */
export async function makeConsumer(): Promise<Consumer> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'innerloop-package-')));
  const folder = join(base, 'project');
  mkdirSync(folder);
  // Whatever a program starts as `node` is the Node that runs the tests.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const run = async (cwd: string, program: string, args: readonly string[]): Promise<string> => {
    try {
      const options = { cwd, env: { ...process.env, PATH }, maxBuffer: 1 << 26 };
      return (await promisify(execFile)(program, args, options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(' ')} failed\n${stdout ?? ''}\n${stderr ?? error}`);
    }
  };
  const write = (path: string, contents: string): void => writeFileSync(join(folder, path), contents);

  const [packed] = JSON.parse(await run(ROOT, 'npm', ['pack', '--json', '--pack-destination', base])) as [Packed];
  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  await run(folder, 'npm', ['install', ...quiet, join(base, packed.filename)]);
  return {
    folder,
    packed,
    write,
    run: (program, ...args) => run(folder, program, args),
    remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The first block of TypeScript in README.md. */
export function readmeProgram(): string {
  const block = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'));
  if (!block) throw new Error('README.md shows no TypeScript');
  return block[1]!;
}
