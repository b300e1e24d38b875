// Every failure a user can cause is one of these: data first, worded here and nowhere else.

import { nearest } from './nearest.ts';

/** What went wrong, as data. `expected`, `received` and `hint` are phrases without a final full stop. */
export type Problem =
  | {
      readonly kind: 'unknownName';
      readonly what: string;
      readonly received: string;
      readonly known: readonly string[];
    }
  | {
      readonly kind: 'invalid';
      readonly what: string;
      readonly expected: string;
      readonly received: string;
      readonly hint?: string;
    }
  | { readonly kind: 'conflict'; readonly what: string; readonly hint: string }
  | { readonly kind: 'file'; readonly path: string; readonly reason: string; readonly hint: string }
  | { readonly kind: 'notFinite'; readonly update: number; readonly term: string; readonly hint: string };

/** One sentence: what was expected, what was received, what to try. */
function word(problem: Problem): string {
  switch (problem.kind) {
    case 'unknownName': {
      const close = nearest(problem.received, problem.known);
      const known = problem.known.length > 0 ? `; known: ${problem.known.join(', ')}` : '';
      return `unknown ${problem.what} '${problem.received}'${close ? ` (did you mean '${close}'?)` : ''}${known}`;
    }
    case 'invalid': {
      const hint = problem.hint ? `; ${problem.hint}` : '';
      return `${problem.what}: expected ${problem.expected}, received ${problem.received}${hint}`;
    }
    case 'conflict':
      return `${problem.what}; ${problem.hint}`;
    case 'file':
      return `${problem.path}: ${problem.reason}; ${problem.hint}`;
    case 'notFinite':
      return `update ${problem.update}: ${problem.term} is not finite; ${problem.hint}`;
    default:
      return problem satisfies never;
  }
}

/** An error that the caller can act on; `problem` is its data, `message` its wording. */
export class InnerloopError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(word(problem), options);
    this.name = 'InnerloopError';
    this.problem = problem;
  }
}

/** @returns `table[name]`. @throws InnerloopError `unknownName`, suggesting the nearest key. */
export function lookUp<T>(what: string, name: string, table: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(table, name)) return table[name]!;
  throw new InnerloopError({ kind: 'unknownName', what, received: name, known: Object.keys(table) });
}
