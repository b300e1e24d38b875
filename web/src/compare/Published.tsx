// What is wrong with the tutorial as it was published: reckoned here and now by the library, over all of its problems
// and programs, and of an agent before its first update.

import { signal } from '@preact/signals';
import type { Finding, LevelFigures } from 'innerloop';
import { useEffect } from 'preact/hooks';
import { PlayerClient } from '../engine/client.ts';
import { sentence } from '../engine/sentence.ts';
import { percent } from '../ui/numbers.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { Term } from '../ui/Term.tsx';

interface Audit {
  readonly levels: readonly LevelFigures[];
  readonly findings: readonly Finding[];
}

const audit = signal<Audit | undefined>(undefined);
const trouble = signal('');
/** Its own worker: seconds of reckoning should hold up no other question. */
let player: PlayerClient | undefined;

async function ask(): Promise<void> {
  if (audit.peek() || player) return;
  trouble.value = '';
  player = new PlayerClient();
  try {
    audit.value = await player.ask('audit', { task: 'tutorial' });
  } catch (error) {
    trouble.value = sentence(error);
  }
  player?.close();
  player = undefined;
}

export function Published() {
  useEffect(() => void ask(), []);
  return (
    <section class="panel compare-published" aria-labelledby="published-title" aria-busy={!audit.value}>
      <h2 id="published-title">What the published tutorial pays for</h2>
      <p class="muted">
        Reckoned in this tab, over every problem and every program there is: nothing here is sampled or remembered.
      </p>
      {audit.value ? (
        <>
          <Pays {...audit.value} />
          <Findings {...audit.value} />
        </>
      ) : trouble.value ? (
        <Notice kind="bad" actions={<Button onClick={() => void ask()}>Try again</Button>}>
          It could not be reckoned: {trouble.value}.
        </Notice>
      ) : (
        <p role="status">Reckoning, for some seconds …</p>
      )}
    </section>
  );
}

function Pays({ levels }: Audit) {
  return (
    <Scroll label="Rewards and right answers">
      <table class="compare-table number">
        <thead>
          <tr>
            <th scope="col">
              <Term of="level">Level</Term>
            </th>
            <th scope="col">It asks for</th>
            <th scope="col">
              It pays most <Term of="reward">reward</Term> for
            </th>
            <th scope="col">which is right</th>
            <th scope="col">Best at being right</th>
            <th scope="col">is right</th>
            <th scope="col">and is paid</th>
            <th scope="col">
              Right with the problem in sight, <Term of="ceiling">at most</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {levels.map(({ fixed: { bestReward, bestSolved }, goal, inSight, name }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{goal}</td>
              <td>
                <Program of={bestReward.program} /> {bestReward.reward.toFixed(2)}
              </td>
              <td>
                <b class={bestReward.solved < bestSolved.solved ? 'compare-bad' : undefined}>
                  {percent(bestReward.solved)}
                </b>
              </td>
              <td>
                <Program of={bestSolved.program} />
              </td>
              <td>{percent(bestSolved.solved)}</td>
              <td>{bestSolved.reward.toFixed(2)}</td>
              <td>{percent(inSight.solved)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const Program = ({ of }: { of: readonly string[] }) => (
  <code class="compare-program">{of.map((token) => token.replace(/^\[(.*)\]$/, '$1')).join(' ')}</code>
);

function Findings({ findings }: Audit) {
  return (
    <ul class="compare-findings">
      {findings.map(({ details, hint, id, severity, title }) => (
        <li key={id} data-severity={severity}>
          <b>
            <span aria-hidden="true">{severity === 'flaw' ? '▲' : '●'}</span> {severity}:
          </b>{' '}
          {title}{' '}
          <span class="muted">
            {details.map(({ level, text }) => (level === undefined ? text : `${level}: ${text}`)).join('; ')}. To mend
            it: {hint}.
          </span>
        </li>
      ))}
    </ul>
  );
}
