// What the rules look at in one source file, read off its syntax tree.

import { posix } from 'node:path';
import { parseSync } from 'vite';

export interface SourceFile {
  /** Relative to the tree's root: `core/random.ts`. */
  readonly path: string;
  readonly lines: number;
  /** Files of the tree that it imports, types included. */
  readonly imports: readonly string[];
  /** Files of the tree that it names as `new URL('…', import.meta.url)`, to start as workers. */
  readonly addresses: readonly string[];
  /** Packages and `node:` modules that it imports. */
  readonly packages: readonly string[];
  /** `Math.exp` and the like, `**`, and a bare `Math` as such. */
  readonly maths: readonly string[];
  /** Which of `console`, `process`, `Buffer`, `require` it mentions. */
  readonly globals: readonly string[];
}

const WATCHED = new Set(['console', 'process', 'Buffer', 'require']);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';

/** Visits every node with its parent. */
function walk(node: Node, visit: (node: Node, parent: Node | undefined, key: string) => void): void {
  const descend = (at: Node, parent: Node | undefined, key: string): void => {
    visit(at, parent, key);
    for (const [name, value] of Object.entries(at)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) descend(child, at, name);
    }
  };
  descend(node, undefined, '');
}

/** Whether an identifier is a name of its own here, and not the `x` of `a.x`, `{ x: … }` or an import's far side. */
function stands(parent: Node | undefined, key: string): boolean {
  if (parent?.type === 'TSQualifiedName') return key === 'left';
  return !['property', 'key', 'imported', 'exported'].includes(key) || parent?.computed === true;
}

const text = (node: unknown): string | undefined => {
  const value = isNode(node) && node.type === 'Literal' ? node.value : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** @throws Error when `code` does not parse. */
export function readSource(path: string, code: string): SourceFile {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imports = new Set<string>();
  const addresses = new Set<string>();
  const packages = new Set<string>();
  const maths = new Set<string>();
  const globals = new Set<string>();
  const add = (specifier: string | undefined, relative: Set<string>): void => {
    if (specifier === undefined) return;
    if (specifier.startsWith('.')) relative.add(posix.join(posix.dirname(path), specifier));
    else packages.add(specifier);
  };
  walk(program as unknown as Node, (node, parent, key) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ImportExpression':
      case 'TSImportType':
        add(text(node.source), imports);
        break;
      case 'NewExpression':
        if ((node.callee as Node).name === 'URL') add(text((node.arguments as unknown[])[0]), addresses);
        break;
      case 'BinaryExpression':
      case 'AssignmentExpression':
        if (/^\*\*=?$/.test(node.operator as string)) maths.add('**');
        break;
      case 'Identifier': {
        const name = node.name as string;
        if (!stands(parent, key)) break;
        if (WATCHED.has(name)) globals.add(name);
        if (name !== 'Math') break;
        const member = parent?.type === 'MemberExpression' && !parent.computed ? (parent.property as Node) : undefined;
        maths.add(member ? `Math.${member.name}` : 'Math');
        break;
      }
    }
  });
  const lines = code.trimEnd().split('\n').length;
  return {
    path,
    lines,
    ...{ imports: [...imports], addresses: [...addresses], packages: [...packages] },
    ...{ maths: [...maths], globals: [...globals] },
  };
}
