// zod's issues as the sentences of this project: what was expected, what was received, what to try.

import { z } from 'zod';
import { InnerloopError } from '../core/errors.ts';
import { expectation } from '../core/expectation.ts';

/** The first issue of a failed parse of `input` by `schema`. */
export function configError(error: z.ZodError, schema: z.ZodType, input: unknown): InnerloopError {
  const issue = error.issues[0]!;
  const path = issue.path.map(String).join('.') || 'the configuration';
  if (issue.code === 'unrecognized_keys') {
    const what = issue.path.length > 0 ? `setting of ${path}` : 'setting';
    const known = keysAt(schema, issue.path, input);
    return new InnerloopError({ kind: 'unknownName', what, received: issue.keys[0]!, known });
  }
  const given = valueAt(input, issue.path);
  const received = JSON.stringify(given) ?? 'nothing';
  if (issue.code === 'invalid_union' && typeof given === 'string') {
    const kind = issue.path.slice(0, -1);
    return new InnerloopError({
      kind: 'unknownName',
      what: kind.join('.'),
      received: given,
      known: kindsAt(schema, kind),
    });
  }
  return new InnerloopError({ kind: 'invalid', what: path, expected: expectation(issue), received });
}

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], tree);
}

/** The keys that `schema` has at `path`; a union's branch is the one that `input` names. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  let at: unknown = schema;
  for (let depth = 0; ; depth++) {
    if (at instanceof z.ZodNullable) at = at.unwrap();
    if (at instanceof z.ZodDiscriminatedUnion) {
      const name = (valueAt(input, path.slice(0, depth)) as { name?: unknown } | undefined)?.name;
      at = at.options.find((option) => {
        return option instanceof z.ZodObject && (option.shape.name as z.ZodType).safeParse(name).success;
      });
    }
    if (at instanceof z.ZodDefault || at instanceof z.ZodOptional) at = at.unwrap();
    if (at instanceof z.ZodArray && depth < path.length) {
      at = at.element;
      continue;
    }
    if (!(at instanceof z.ZodObject)) return [];
    if (depth === path.length) return Object.keys(at.shape);
    at = at.shape[String(path[depth])];
  }
}

/** The names of the kinds that the union at `path` has. */
function kindsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = at instanceof z.ZodObject ? at.shape[String(key)] : undefined;
  if (!(at instanceof z.ZodDiscriminatedUnion)) return [];
  return at.options.flatMap((option) => {
    const name = option instanceof z.ZodObject ? option.shape.name : undefined;
    return name instanceof z.ZodLiteral ? [String(name.value)] : [];
  });
}
