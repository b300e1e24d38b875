// One setting, made from its schema, with the library's own sentence beside it where its value is not possible.

import { useId } from 'preact/hooks';
import { valueAt } from '../state/draft.ts';
import type { Field } from '../state/fields.ts';
import { draft } from '../state/store.ts';
import { termOf } from '../ui/glossary.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { choose, errorAt, set, shown, unset } from './form.ts';

export function SettingField({ field }: { field: Field }) {
  if (field.kind === 'group' || field.kind === 'branch') return <SettingGroup field={field} />;
  return <Single field={field} />;
}

/** Several settings under one name; nothing where none is left. */
function SettingGroup({ field }: { field: Extract<Field, { kind: 'group' | 'branch' }> }) {
  if (field.fields.length === 0) return null;
  const kind = field.kind === 'branch' ? `: ${String(valueAt(shown.value, `${field.path}.name`))}` : '';
  const term = termOf(field.path);
  return (
    <fieldset class="setting-group">
      <legend>
        {term ? <Term of={term}>{field.label}</Term> : field.label}
        {kind}
      </legend>
      <div class="setting-grid">
        {field.fields.map((below) => (
          <SettingField key={below.path} field={below} />
        ))}
      </div>
    </fieldset>
  );
}

/** Which kind of a branch; its settings stand elsewhere. */
export function KindField({ field }: { field: Extract<Field, { kind: 'branch' }> }) {
  const name = String(valueAt(shown.value, `${field.path}.name`));
  return (
    <Labelled path={field.path} label={field.label}>
      {(labelled) => (
        <select
          {...labelled}
          class="input"
          value={name}
          onChange={({ currentTarget }) => choose(field.path, currentTarget.value)}
        >
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Single({ field }: { field: Exclude<Field, { kind: 'group' | 'branch' }> }) {
  const value = valueAt(shown.value, field.path);
  if (field.kind === 'optional') return <Optional field={field} />;
  return (
    <Labelled path={field.path} label={field.label}>
      {(labelled) => {
        switch (field.kind) {
          case 'switch':
            return (
              <span class="switch">
                <input
                  {...labelled}
                  type="checkbox"
                  checked={value === true}
                  onChange={({ currentTarget }) => set(field.path, currentTarget.checked)}
                />
                {value === true ? 'on' : 'off'}
              </span>
            );
          case 'choice':
            return (
              <select
                {...labelled}
                class="input"
                value={String(value)}
                onChange={({ currentTarget }) => set(field.path, currentTarget.value)}
              >
                {field.choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice}
                  </option>
                ))}
              </select>
            );
          case 'number':
            return (
              <input
                {...labelled}
                class="input number"
                type="number"
                min={field.min}
                max={field.max}
                step={field.step ?? (field.integer ? 1 : 'any')}
                value={String(value ?? '')}
                onChange={({ currentTarget }) =>
                  currentTarget.value === '' ? unset(field.path) : set(field.path, Number(currentTarget.value))
                }
              />
            );
          case 'json':
            return (
              <input
                {...labelled}
                class="input token"
                type="text"
                value={typeof value === 'string' ? value : JSON.stringify(value)}
                onChange={({ currentTarget }) => set(field.path, parsed(currentTarget.value))}
              />
            );
          default:
            return field satisfies never;
        }
      }}
    </Labelled>
  );
}

/** A setting that may be absent. */
function Optional({ field: { field, path, present } }: { field: Extract<Field, { kind: 'optional' }> }) {
  const id = useId();
  const empty = field.kind === 'group' ? Object.fromEntries(field.fields.map((below) => [lastOf(below.path), 1])) : 1;
  return (
    <div class="setting-optional">
      <span class="switch">
        <input
          id={id}
          type="checkbox"
          checked={present}
          onChange={({ currentTarget }) => set(path, currentTarget.checked ? empty : null)}
        />
        <label for={id}>{field.label}</label>
      </span>
      {present && <SettingField field={field} />}
    </div>
  );
}

interface Labelled {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
}

interface LabelledProps {
  readonly path: string;
  readonly label: string;
  readonly children: (labelled: Labelled) => preact.ComponentChildren;
}

/** A label, its field, the way back to the preset, and the error. */
export function Labelled({ children, label, path }: LabelledProps) {
  const id = useId();
  const error = errorAt(path);
  const term = termOf(path);
  const changed = Object.hasOwn(draft.value.settings, path);
  const labelled: Labelled = {
    id,
    'aria-labelledby': `${id}-label`,
    'aria-invalid': error !== undefined,
    ...(error === undefined ? {} : { 'aria-describedby': `${id}-error` }),
  };
  return (
    <div class="field" data-path={path}>
      <div class="field-label">
        {term ? (
          <Term of={term} id={`${id}-label`}>
            {label}
          </Term>
        ) : (
          <label for={id} id={`${id}-label`}>
            {label}
          </label>
        )}
        {changed && path !== 'seed' && (
          <Button kind="quiet" label={`${label}: back to the preset`} onClick={() => unset(path)}>
            undo
          </Button>
        )}
      </div>
      {children(labelled)}
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
