// Compiles the AssemblyScript kernels into src/kernels/wasm.generated.ts, a module that every bundler and runtime can
// import without fetching a file. Does nothing when the sources have not changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { microkernels } from './microkernels.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'src/kernels/assembly');
const target = join(root, 'src/kernels/wasm.generated.ts');

// -O2: `asc -O3` nests unrolled chains of vectors and spills. One binary serves both kinds of memory: the loader turns
// the import's `shared` flag off where shared memory is not to be had.
const OPTIONS = [
  ...['--runtime', 'stub', '-O2', '--noAssert', '--importMemory', '--sharedMemory', '--initialMemory', '1'],
  ...['--maximumMemory', '65536', '--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
];

writeFileSync(join(sources, 'micro.generated.ts'), microkernels());
const files = readdirSync(sources)
  .filter((file) => file.endsWith('.ts'))
  .sort();
const hash = createHash('sha256').update(OPTIONS.join(' '));
for (const file of files) hash.update(file).update(readFileSync(join(sources, file)));
const stamp = `// Built by scripts/buildKernels.ts from sources ${hash.digest('hex')}`;

if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(stamp)) {
  const { default: asc } = await import('assemblyscript/asc');
  const output = new Map<string, Uint8Array | string>();
  const { error, stderr } = await asc.main(
    ['index.ts', ...OPTIONS, '--baseDir', sources, '--outFile', 'kernels.wasm'],
    {
      writeFile: (name, contents) => void output.set(name, contents),
    },
  );
  const wasm = output.get('kernels.wasm');
  if (error || !(wasm instanceof Uint8Array)) throw new Error(`the kernels do not compile:\n${stderr.toString()}`);
  const base64 = Buffer.from(wasm).toString('base64');
  writeFileSync(target, `${stamp}\n\n/** The compiled kernels, in base64. */\nexport const WASM = '${base64}';\n`);
}
