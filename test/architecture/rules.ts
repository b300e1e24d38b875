// The house rules that a machine can keep: which way imports run, who may touch Node, print or compute what.

import type { SourceFile } from './sourceFile.ts';

const NETWORK = ['core', 'kernels', 'network'] as const;
const AGENTS = [...NETWORK, 'tasks', 'agents'] as const;
const TRAINING = [...AGENTS, 'algorithms', 'curricula', 'evaluation', 'insight', 'formats', 'training'] as const;

/** What each folder may import, besides itself. Entries (files beside the folders) may import everything. */
export const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  tasks: ['core'],
  kernels: ['core'],
  formats: ['core'],
  network: NETWORK,
  // An agent's forward pass draws its tokens by a stream's key (core).
  agents: AGENTS,
  algorithms: ['core', 'tasks', 'agents'],
  curricula: ['core', 'tasks'],
  // Playing problems needs the buffers that a rollout runs on (network).
  evaluation: AGENTS,
  // Traces and interventions look into the network that they replay; reports draw what they found (formats).
  // Credit is compared by the algorithms' own equations.
  insight: [...AGENTS, 'algorithms', 'evaluation', 'formats'],
  // An opened agent can be looked into (insight).
  training: TRAINING,
  // Recomputes reference data through the very path that training takes.
  verification: TRAINING,
  runs: ['core', 'formats', 'training'],
  // Many runs: their processes, folders, statistics and pages.
  results: [...TRAINING, 'runs'],
  // Runs on disk, looked at: never written, never trained.
  serve: ['core', 'formats', 'runs'],
  cli: [...TRAINING, 'verification', 'runs', 'results', 'serve'],
};

/** Where `node:` modules and Node's globals may stand: the rest runs in a browser as it is. */
const NODE_ONLY = /^(runs\/|results\/|serve\/|cli\/|node\.ts$|kernels\/node\.ts$)/;
/** What the bits of a training depend on. */
const TRAINING_PATH = /^(core|tasks|kernels|network|agents|algorithms|curricula|evaluation|training)\//;
/** Exact by the specification of the language; of everything else engines may differ in the last bits. */
const EXACT = new Set(
  ['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc']
    .concat(['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'])
    .map((name) => `Math.${name}`),
);
export const LINE_LIMIT = 400;

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** One sentence for every rule broken in a tree of sources; paths are relative to its root. */
export function violations(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(inFile), ...cycles(files), ...entries(files)];
}

function inFile({ path, ...file }: SourceFile): string[] {
  const broken: string[] = [];
  const folder = folderOf(path);
  const allowed = DIRECTIONS[folder];
  if (folder !== '' && !allowed) broken.push(`${path}: folder ${folder} has no line in the table of directions`);
  for (const target of [...file.imports, ...file.addresses]) {
    const other = folderOf(target);
    const outside = target.startsWith('..');
    // The command line reads the package's own package.json, and runs its benches.
    if (outside && folder === 'cli' && file.addresses.includes(target)) continue;
    if (outside) broken.push(`${path} reaches out of the tree: ${target}`);
    else if (allowed && other !== folder && !allowed.includes(other)) broken.push(`${path} may not import ${target}`);
  }
  if (!NODE_ONLY.test(path)) {
    for (const name of file.packages) if (name.startsWith('node:')) broken.push(`${path} may not import ${name}`);
    for (const name of file.globals) if (name !== 'console') broken.push(`${path} may not use Node's ${name}`);
  }
  if (folder !== 'cli' && file.globals.includes('console')) broken.push(`${path} prints; only cli/ does`);
  if (TRAINING_PATH.test(path)) {
    for (const name of file.maths) {
      if (!EXACT.has(name))
        broken.push(`${path} uses ${name}, whose bits differ between engines, on the training path`);
    }
  }
  return [...broken, ...tooLong(path, file.lines)];
}

export function tooLong(path: string, lines: number): string[] {
  return lines > LINE_LIMIT ? [`${path} has ${lines} lines; ${LINE_LIMIT} are the limit`] : [];
}

/** Each cycle once, from its first file in alphabetical order. A worker's address is no import: it runs elsewhere. */
function cycles(files: readonly SourceFile[]): string[] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const found = new Set<string>();
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const ring = trail.slice(start);
      const first = ring.indexOf(ring.toSorted()[0]!);
      const turned = [...ring.slice(first), ...ring.slice(0, first)];
      found.add(`a cycle: ${[...turned, turned[0]].join(' → ')}`);
      return;
    }
    if (finished.has(path)) return;
    for (const next of importsOf.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of importsOf.keys()) visit(path, []);
  return [...found];
}

/** The main entry must run in a browser: it reaches nothing that is Node's own. */
function entries(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    const file = byPath.get(path);
    for (const next of [...(file?.imports ?? []), ...(file?.addresses ?? [])]) visit(next);
  };
  if (byPath.has('index.ts')) visit('index.ts');
  const missing = [...reached].filter((path) => !byPath.has(path)).map((path) => `${path} is imported but missing`);
  const node = [...reached].filter((path) => NODE_ONLY.test(path)).map((path) => `index.ts reaches ${path}`);
  return [...missing, ...node];
}
