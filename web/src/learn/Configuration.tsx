// What is trained: a task, a preset, the main knobs, and everything else behind a disclosure.

import { presetsOf, TASKS } from 'innerloop';
import { useId } from 'preact/hooks';
import { asked, draft } from '../state/store.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { begin, fieldAt, furtherFields, optionFields, set } from './form.ts';
import { KindField, Labelled, SettingField } from './SettingField.tsx';

const WIDE = '(width >= 1024px)';

export function Configuration() {
  const { preset, task } = draft.value;
  return (
    <details class="learn-config panel" open={matchMedia(WIDE).matches}>
      <summary>
        <h2>What is trained</h2>
        <span class="muted small">
          {task}, {preset}
        </span>
      </summary>
      <form class="learn-form" onSubmit={(event) => event.preventDefault()}>
        <TaskAndPreset />
        <Misfit />
        <Seed />
        {['agent', 'algorithm', 'curriculum'].map((path) => {
          const field = fieldAt(path);
          return field?.kind === 'branch' && <KindField key={path} field={field} />;
        })}
        <div class="setting-grid">
          {['agent.hidden', 'updates'].map((path) => {
            const field = fieldAt(path);
            return field && <SettingField key={path} field={field} />;
          })}
        </div>
        {optionFields.value.length > 0 && (
          <fieldset class="setting-group">
            <legend>The task’s options</legend>
            <div class="setting-grid">
              {optionFields.value.map((field) => (
                <SettingField key={field.path} field={field} />
              ))}
            </div>
          </fieldset>
        )}
        <details class="learn-further">
          <summary>All settings</summary>
          <div class="learn-form">
            {furtherFields.value.map((field) => (
              <SettingField key={field.path} field={field} />
            ))}
          </div>
        </details>
      </form>
    </details>
  );
}

function TaskAndPreset() {
  const { preset, task } = draft.value;
  const id = useId();
  const presets = presetsOf(task);
  return (
    <>
      <div class="field">
        <div class="field-label">
          <Term of="task" id={`${id}-task`}>
            Task
          </Term>
        </div>
        <select
          class="input"
          aria-labelledby={`${id}-task`}
          aria-describedby={`${id}-title`}
          value={task}
          onChange={({ currentTarget }) => begin(currentTarget.value, 'default')}
        >
          {Object.keys(TASKS).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <p class="small muted" id={`${id}-title`}>
          {TASKS[task as keyof typeof TASKS].title}
        </p>
      </div>
      <div class="field">
        <div class="field-label">
          <Term of="preset" id={`${id}-preset`}>
            Preset
          </Term>
        </div>
        <select
          class="input"
          aria-labelledby={`${id}-preset`}
          aria-describedby={`${id}-about`}
          value={preset}
          onChange={({ currentTarget }) => begin(task, currentTarget.value)}
        >
          {Object.keys(presets).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <p class="small muted" id={`${id}-about`}>
          {presets[preset]!.about}
        </p>
      </div>
    </>
  );
}

function Seed() {
  const field = fieldAt('seed');
  if (field?.kind !== 'number') return null;
  return (
    <Labelled path="seed" label="Seed">
      {(labelled) => (
        <div class="seed">
          <input
            {...labelled}
            class="input number"
            type="number"
            min={0}
            step={1}
            value={String(draft.value.settings.seed ?? asked.value.training?.config.seed ?? 0)}
            onChange={({ currentTarget }) => set('seed', Number(currentTarget.value))}
          />
          <Button label="Another seed" onClick={() => set('seed', Math.floor(Math.random() * 1000))}>
            Another
          </Button>
        </div>
      )}
    </Labelled>
  );
}

/** What is not possible, also where its field is out of sight; and the way back. */
function Misfit() {
  const { error } = asked.value;
  if (!error) return null;
  const { preset, settings, task } = draft.value;
  const undo =
    Object.keys(settings).length > 0 ? (
      <Button onClick={() => begin(task, preset)}>Back to the preset</Button>
    ) : undefined;
  return (
    <Notice kind="bad" actions={undo}>
      <span class="small">{error.message}. What was possible before goes on.</span>
    </Notice>
  );
}
