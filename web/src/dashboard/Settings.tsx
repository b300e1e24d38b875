// The configurations of the selected runs beside each other: what differs, or all.

import { useSignal } from '@preact/signals';
import { seriesColour } from '../ui/colours.ts';
import { termOf } from '../ui/glossary.ts';
import { count } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { apart, byConfiguration, seedsOf } from './groups.ts';
import { loading } from './loader.ts';
import { Nothing } from './Nothing.tsx';
import { selected } from './selection.ts';
import { compare, isDefault } from './settings.ts';
import './tables.css';
import './settings.css';

export function Settings() {
  const all = useSignal(false);
  const groups = byConfiguration.value;
  if (selected.value.length === 0) return <Nothing />;
  if (groups.length === 0) {
    return (
      <p class="muted runs-waiting" role="status">
        {loading.value ? 'The configurations are being read …' : 'None of the selected runs tells its configuration.'}
      </p>
    );
  }
  const settings = compare(groups.map(({ config }) => config));
  const differing = settings.filter(({ differs }) => differs);
  const shown = all.value || groups.length === 1 ? settings : differing;
  return (
    <section class="panel runs-settings" aria-label="Settings">
      <header class="runs-settings-head">
        <p>{sentence(groups.length, differing.length)}</p>
        {groups.length > 1 && (
          <label class="switch small">
            <input
              type="checkbox"
              checked={all.value}
              onChange={({ currentTarget }) => {
                all.value = currentTarget.checked;
              }}
            />
            All {count(settings.length)} settings
          </label>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="table-frame" tabIndex={0} aria-label="Settings, side by side">
        <table class="runs-diff">
          <thead>
            <tr>
              <th scope="col">
                <Term of="setting">Setting</Term>
              </th>
              {groups.map((group, i) => (
                <th scope="col" key={group.key}>
                  <span class="runs-swatch" style={apart.value ? {} : { color: `var(${seriesColour(i)})` }}>
                    {group.tag}
                  </span>{' '}
                  {group.members[0]!.run.task} · {group.members[0]!.run.preset}
                  <span class="muted small runs-seeds">{seedsOf(group)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ differs, path, values }) => (
              <tr key={path} data-differs={differs && groups.length > 1}>
                <th scope="row">
                  <Named path={path} />
                </th>
                {values.map((value, i) => (
                  <td key={groups[i]!.key} data-other={value !== values[0]}>
                    {value === undefined ? (
                      <span class="muted">none</span>
                    ) : (
                      <>
                        <code>{value}</code>
                        {isDefault(groups[i]!.members[0]!.run.task, path, value) && (
                          <span class="muted"> (default)</span>
                        )}
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Named({ path }: { path: string }) {
  const term = termOf(path);
  const name = <code>{path}</code>;
  return term ? <Term of={term}>{name}</Term> : name;
}

function sentence(groups: number, differing: number): string {
  if (groups === 1) return 'One configuration: the selected runs differ in nothing but the seed.';
  return `${groups} configurations, which differ in ${differing} ${differing === 1 ? 'setting' : 'settings'}.`;
}
