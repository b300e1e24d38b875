// The settings of a schema as fields of a form. Reads the library's schemas, so that no setting is listed by hand.

interface FieldBase {
  readonly path: string;
  /** The last part of the path in words: `Value weight`. */
  readonly label: string;
}

export type Field = FieldBase &
  (
    | {
        readonly kind: 'number';
        readonly integer: boolean;
        readonly min?: number;
        readonly max?: number;
        readonly step?: number;
      }
    | { readonly kind: 'switch' }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    /** A branch of several kinds: which one, and the fields of the present one. */
    | { readonly kind: 'branch'; readonly choices: readonly string[]; readonly fields: readonly Field[] }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    /** What may also be absent; `present`: whether it is there now. */
    | { readonly kind: 'optional'; readonly present: boolean; readonly field: Field }
    /** Anything else, as JSON. */
    | { readonly kind: 'json' }
  );

/** What is read of a zod schema. */
interface Schema {
  readonly def: {
    readonly type: string;
    readonly innerType?: Schema;
    readonly options?: readonly Schema[];
    readonly values?: readonly unknown[];
    readonly discriminator?: string;
    readonly entries?: Readonly<Record<string, string>>;
  };
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly _zod: { readonly bag: Readonly<Record<string, unknown>> };
}

/** `valueWeight` is `Value weight`. */
export function labelOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The fields of an object's schema. @param value the present settings, for branches of several kinds. */
export function fieldsOf(schema: unknown, value: unknown, path = ''): readonly Field[] {
  const { shape = {} } = schema as Schema;
  return Object.entries(shape).map(([key, part]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return fieldOf(part, (value as Record<string, unknown> | undefined)?.[key], at);
  });
}

function fieldOf(schema: Schema, value: unknown, path: string): Field {
  const { def } = schema;
  const base = { path, label: labelOf(path.slice(path.lastIndexOf('.') + 1)) };
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
      return fieldOf(def.innerType!, value, path);
    case 'nullable':
      return { ...base, kind: 'optional', present: value !== null, field: fieldOf(def.innerType!, value, path) };
    case 'number':
      return { ...base, kind: 'number', ...range(schema) };
    case 'boolean':
      return { ...base, kind: 'switch' };
    case 'enum':
      return { ...base, kind: 'choice', choices: Object.values(def.entries!) };
    case 'object':
      return { ...base, kind: 'group', fields: fieldsOf(schema, value, path) };
    case 'union': {
      const name = (value as { readonly name?: unknown } | undefined)?.name;
      const kinds = def.options!.map((option) => ({ option, name: String(option.shape!.name!.def.values![0]) }));
      const present = kinds.find((kind) => kind.name === name)?.option;
      const fields = present ? fieldsOf(present, value, path).filter((field) => field.path !== `${path}.name`) : [];
      return { ...base, kind: 'branch', choices: kinds.map((kind) => kind.name), fields };
    }
    default:
      return { ...base, kind: 'json' };
  }
}

function range({ _zod: { bag } }: Schema) {
  const integer = String(bag.format ?? '').includes('int');
  const bound = (inclusive: unknown, exclusive: unknown) =>
    [inclusive, exclusive].find((one) => typeof one === 'number' && Math.abs(one) < 1e15) as number | undefined;
  const min = bound(bag.minimum, bag.exclusiveMinimum);
  const max = bound(bag.maximum, bag.exclusiveMaximum);
  const step = typeof bag.multipleOf === 'number' ? bag.multipleOf : undefined;
  return {
    integer,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step }),
  };
}
