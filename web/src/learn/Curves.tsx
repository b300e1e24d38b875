// The curves of a training, and its levels in a table that is their legend too.

import { useEffect } from 'preact/hooks';
import { onProblems } from '../state/bounds.ts';
import { METRICS } from '../state/session.ts';
import { session } from '../state/store.ts';
import { Chart } from '../ui/chart/Chart.tsx';
import { seriesColour } from '../ui/colours.ts';
import { titleOf } from '../ui/levels.ts';
import { percent, short, wholePercent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import {
  askForCeilings,
  begun,
  ceilings,
  emphasised,
  levels,
  levelVersion,
  metricData,
  mixData,
  mixSeries,
  solvedData,
  solvedSeries,
} from './curves.ts';

const SYNC = 'learn';

export function Curves() {
  const training = session.training.value;
  // Once a training, after it has begun to learn: the answer may keep a processor busy for seconds.
  useEffect(() => (begun.value ? askForCeilings() : undefined), [training, begun.value]);
  return (
    <>
      <section class="panel learn-solved" aria-labelledby="solved-title">
        <header class="learn-head">
          <h2 id="solved-title">
            <Term of="solved">Solved</Term>, <Term of="level">level</Term> by level
          </h2>
          <p class="small muted">
            Strong: greedy, on problems that training never sees. Faint: while it tries things out. Dotted: exact{' '}
            <Term of="ceiling">ceilings</Term>
            {onProblems(ceilings.value)}.
          </p>
        </header>
        <Chart
          title="Share solved by level"
          series={solvedSeries.value}
          data={solvedData}
          version={levelVersion}
          height={320}
          range={[0, 1]}
          format={percent}
          axis={wholePercent}
          sync={SYNC}
        />
        <Levels />
      </section>
      <div class="learn-small">
        <section class="panel" aria-labelledby="mix-title">
          <h2 id="mix-title">
            <Term of="curriculumMix">What is practised</Term>
          </h2>
          <Chart
            title="Share of practice by level"
            series={mixSeries.value}
            data={mixData}
            version={levelVersion}
            height={160}
            range={[0, 1]}
            format={percent}
            axis={wholePercent}
            sync={SYNC}
          />
        </section>
        <section class="panel" aria-labelledby="entropy-title">
          <h2 id="entropy-title">
            <Term of="entropy">Entropy</Term> of the policy
          </h2>
          <Chart
            title="Entropy in nats per token"
            series={[{ label: 'entropy', colour: '--series-0' }]}
            data={entropyData}
            version={session.version}
            height={160}
            format={short}
            sync={SYNC}
          />
        </section>
        <section class="panel" aria-labelledby="value-title">
          <h2 id="value-title">
            <Term of="valueLoss">Value error</Term>
          </h2>
          <Chart
            title="Squared error of the value"
            series={[{ label: 'value error', colour: '--series-3' }]}
            data={valueData}
            version={session.version}
            height={160}
            format={short}
            sync={SYNC}
          />
        </section>
      </div>
    </>
  );
}

const entropyData = metricData('entropy', ['entropyCollapse']);
const valueData = metricData('valueLoss', ['gradientSpike']);

function Levels() {
  const { latest, evaluation } = session;
  const known = ceilings.value.filter(({ levels: values }) => values.some((value) => value !== null));
  const count = levels.value.length;
  const names = levels.value.map(({ name }) => name);
  session.version.value;
  const lanes = latest.value?.lanes ?? [];
  const all = lanes.reduce((sum, one) => sum + one, 0);
  return (
    <div class="table-frame">
      <table class="levels number">
        <thead>
          <tr>
            <th scope="col">
              <Term of="level">Level</Term>
            </th>
            <th scope="col">What is asked</th>
            <th scope="col">
              <Term of="solved">Solved</Term>
            </th>
            <th scope="col">
              <Term of="exploring">Exploring</Term>
            </th>
            <th scope="col">
              <Term of="curriculumMix">Practice</Term>
            </th>
            {known.map(({ about }) => (
              <th scope="col" key={about} class="bound">
                <Term of="ceiling">{about}</Term>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.value.map(({ goal, name }, level) => (
            <tr
              key={name}
              data-emphasised={emphasised.value === level}
              onMouseEnter={() => {
                emphasised.value = level;
              }}
              onMouseLeave={() => {
                emphasised.value = null;
              }}
            >
              <th scope="row">
                <button
                  type="button"
                  class="level"
                  aria-pressed={emphasised.value === level}
                  title="Show alone"
                  onFocus={() => {
                    emphasised.value = level;
                  }}
                  onBlur={() => {
                    emphasised.value = null;
                  }}
                >
                  <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                    <rect width="12" height="12" rx="3" style={{ fill: `var(${seriesColour(level)})` }} />
                  </svg>
                  {titleOf(names, level)}
                </button>
              </th>
              <td class="goal">{goal}</td>
              <td>
                <b>{percent(evaluation.value?.levels[level]?.solved)}</b>
              </td>
              <td>{percent(session.updates.last(METRICS.length + count + level))}</td>
              <td>{all > 0 ? percent((lanes[level] ?? 0) / all) : '–'}</td>
              {known.map(({ about, levels: values }) => (
                <td key={about}>{values[level] === null ? '' : percent(values[level])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
