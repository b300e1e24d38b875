// What is wrong with the tutorial as it was published. What it pays for is known exactly and shown at once; the library
// then reckons it again here, over all problems and programs, with all else that its audit finds.

import { signal } from '@preact/signals';
import { createTask, type Finding, type LevelFigures, TUTORIAL_CEILINGS } from 'innerloop';
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

type Paid = LevelFigures['fixed']['bestReward'] | (typeof TUTORIAL_CEILINGS)[number]['bestReward'];

/** A line of the table. */
interface Pay {
  readonly name: string;
  readonly goal: string;
  readonly bestReward: Paid;
  readonly bestSolved: Paid;
  readonly inSight: number;
}

const known = (): readonly Pay[] =>
  createTask('tutorial').levels.map(({ goal, name }, level) => {
    const { bestReward, bestSolved, oracle } = TUTORIAL_CEILINGS[level]!;
    return { name, goal, bestReward, bestSolved, inSight: oracle };
  });

const reckoned = ({ levels }: Audit): readonly Pay[] =>
  levels.map(({ fixed, goal, inSight, name }) => ({ name, goal, ...fixed, inSight: inSight.solved }));

/** Share of the levels that the audit is through with. */
const done = signal(0);
const audit = signal<Audit | undefined>(undefined);
const trouble = signal('');
/** Its own worker: seconds of reckoning should hold up no other question. */
let player: PlayerClient | undefined;

const tell = (share: number): void => {
  done.value = share;
};

async function ask(): Promise<void> {
  if (audit.peek() || player) return;
  trouble.value = '';
  player = new PlayerClient();
  try {
    audit.value = await player.ask('audit', { task: 'tutorial' }, { tell });
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
        Every problem and every program there is: nothing of this is sampled.{' '}
        {audit.value ? 'Reckoned again in this tab just now.' : ''}
      </p>
      <Pays rows={audit.value ? reckoned(audit.value) : known()} />
      {audit.value ? (
        <Findings {...audit.value} />
      ) : trouble.value ? (
        <Notice kind="bad" actions={<Button onClick={() => void ask()}>Try again</Button>}>
          It could not be reckoned again: {trouble.value}.
        </Notice>
      ) : (
        <label class="compare-reckoning small muted">
          What else is wrong is being reckoned, which takes half a minute or so …
          <progress max={1} value={done.value} />
        </label>
      )}
    </section>
  );
}

function Pays({ rows }: { readonly rows: readonly Pay[] }) {
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
          {rows.map(({ bestReward, bestSolved, goal, inSight, name }) => (
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
              <td>{percent(inSight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const Program = ({ of }: { of: readonly string[] }) => <code class="compare-program">{of.join(' ')}</code>;

function Findings({ findings }: Audit) {
  return (
    <ul class="compare-findings">
      {findings.map(({ details, hint, id, severity, title }) => (
        <li key={id} data-severity={severity}>
          <b>
            <span aria-hidden="true">{severity === 'flaw' ? '▲' : '●'}</span> {severity}:
          </b>{' '}
          {title}
          <ul class="small">
            {details.map(({ level, text }) => (
              <li key={level}>
                {level !== undefined && <b>{level}: </b>}
                <Marked text={text} />
              </li>
            ))}
          </ul>
          <p class="small muted">
            To mend it: <Marked text={hint} />.
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The library marks what is code by backticks. */
const Marked = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
);
