// zod's issues as the sentences of this project: what was expected, what was received, what to try.

import { z } from 'zod';
import { InnerloopError } from '../core/errors.ts';

/** The first issue of a failed parse of `input` by `schema`. */
export function configError(error: z.ZodError, schema: z.ZodType, input: unknown): InnerloopError {
  const issue = error.issues[0]!;
  const path = issue.path.map(String).join('.') || 'the configuration';
  if (issue.code === 'unrecognized_keys') {
    const what = issue.path.length > 0 ? `setting of ${path}` : 'setting';
    const known = keysAt(schema, issue.path, input);
    return new InnerloopError({ kind: 'unknownName', what, received: issue.keys[0]!, known });
  }
  const received = JSON.stringify(valueAt(input, issue.path)) ?? 'nothing';
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
    if (!(at instanceof z.ZodObject)) return [];
    if (depth === path.length) return Object.keys(at.shape);
    at = at.shape[String(path[depth])];
  }
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'an integer' : `a value of type ${issue.expected}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.map((value) => `'${String(value)}'`).join(' or ');
    case 'invalid_union':
      return 'one of the kinds of this setting';
    default:
      return issue.message;
  }
}
