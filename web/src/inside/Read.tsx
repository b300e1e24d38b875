// What probes read before the token on view, each beside what the inputs alone give away.

import type { Asking, Measure, Reading } from 'innerloop';
import type { Shown } from '../engine/playing.ts';
import { askingWords } from '../stage/words.ts';
import { facts } from '../state/agentOnView.ts';
import { type Found, found, readings, spoken } from '../state/inside.ts';
import { wholePercent } from '../ui/numbers.ts';
import { Scroll } from '../ui/Scroll.tsx';
import { Term } from '../ui/Term.tsx';
import { nameIn } from './names.ts';

/** How an asking fares in other episodes at a step. */
export function measureOf(probes: Found, step: number, asking: Asking): Measure | undefined {
  const cells =
    'ahead' in asking
      ? probes.ahead.filter(({ ahead }) => ahead === asking.ahead)
      : (probes.labels.find(({ name }) => name === asking.label)?.cells ?? []);
  return cells.find((cell) => cell.step === step);
}

const sameProgram = ({ run: a }: Shown, { run: b }: Shown): boolean =>
  a.problem === b.problem && a.program.join() === b.program.join();

export function Read({ at }: { at: number }) {
  const probes = found.value;
  const read = readings.value;
  const shown = spoken.value;
  if (!probes || !shown || !read) return null;
  if (at >= shown.run.steps.length) return <p class="muted">The program has ended: go back to a token.</p>;
  // While an agent learns, its next program is read when the next probes are there; another program is not.
  if (!sameProgram(read.of, shown)) {
    return (
      <p class="muted small" role="status">
        Reading …
      </p>
    );
  }
  const rows = read.steps[at] ?? [];
  if (rows.length === 0) {
    return (
      <p class="muted">Too few of the episodes get as far as token {at + 1}: there are no probes of what comes then.</p>
    );
  }
  const tokens = rows.filter(({ asking }) => 'ahead' in asking);
  const labels = rows.filter(({ asking }) => 'label' in asking);
  return (
    <>
      <p class="small">
        Before token {at + 1}, <b class="token">{shown.run.steps[at]!.token}</b>. A line says something of the state
        only where its <Term of="selectivity">selectivity</Term> is well above nothing.
      </p>
      <Scroll label="What is read before this token">
        <table class="readings" data-testid="readings" aria-busy={read.of !== shown}>
          <thead>
            <tr class="small">
              <th scope="col">asked</th>
              <th scope="col">
                <Term of="selectivity">selectivity</Term>
              </th>
              <th scope="col">
                <Term of="hiddenState">the state</Term>
              </th>
              <th scope="col">
                <Term of="inputsAlone">inputs alone</Term>
              </th>
              <th scope="col">it is</th>
              <th scope="col">
                right in other <Term of="episode">episodes</Term>
              </th>
            </tr>
          </thead>
          <Rows title="What comes" at={at} rows={tokens} probes={probes} context={shown.run.context} />
          <Rows
            title="What is to come, and what stands"
            at={at}
            rows={labels}
            probes={probes}
            context={shown.run.context}
          />
        </table>
      </Scroll>
    </>
  );
}

interface RowsProps {
  readonly title: string;
  readonly at: number;
  readonly rows: readonly Reading[];
  readonly probes: Found;
  readonly context: readonly string[];
}

function Rows({ at, context, probes, rows, title }: RowsProps) {
  const agent = facts.value!;
  if (rows.length === 0) return null;
  const named = (answer: string): string => nameIn(answer, context, agent);
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colSpan={6} class="readings-part small">
          {title}
        </th>
      </tr>
      {rows.map(({ asking, inputs, state, truth }) => (
        <tr>
          <th scope="row">{askingWords(asking)}</th>
          <Selectivity measure={measureOf(probes, at, asking)} />
          <Guessed guess={state} truth={truth} named={named} />
          <Guessed guess={inputs} truth={truth} named={named} />
          <td class="token">{truth === undefined ? '–' : named(truth)}</td>
          <Fared measure={measureOf(probes, at, asking)} />
        </tr>
      ))}
    </tbody>
  );
}

interface GuessedProps {
  readonly guess: Reading['state'];
  readonly truth: string | undefined;
  readonly named: (answer: string) => string;
}

function Guessed({ guess, named, truth }: GuessedProps) {
  const right = truth === undefined ? undefined : truth === guess.answer;
  return (
    <td class="guess" data-right={right}>
      <span class="token">{named(guess.answer)}</span>{' '}
      <span class="small number muted">{wholePercent(guess.probability)}</span>
      {right !== undefined && (
        <>
          {' '}
          <span aria-hidden="true">{right ? '✓' : '✗'}</span>
          <span class="visually-hidden">{right ? 'right' : 'wrong'}</span>
        </>
      )}
    </td>
  );
}

const CONTROLS: Readonly<Record<Measure['control'], string>> = {
  inputs: 'inputs alone',
  'inputs together': 'the inputs, together',
  untrained: 'an untrained network',
  'untrained summary': 'an untrained network',
  'untrained memory': 'an untrained network',
  memoryless: 'an agent without memory',
  shuffled: 'shuffled answers',
  'shuffled summary': 'shuffled answers',
  'shuffled memory': 'shuffled answers',
  majority: 'the commonest answer',
};

/** What a control is called. */
export const controlName = (name: Measure['control']): string => CONTROLS[name];

function Selectivity({ measure }: { measure: Measure | undefined }) {
  if (!measure) return <td>–</td>;
  const { interval, selectivity } = measure;
  const sure = interval !== null && interval.low > 0;
  return (
    <td class="number" data-sure={sure}>
      {signed(selectivity)}
      {sure && <span class="visually-hidden">, surely above nothing</span>}
    </td>
  );
}

function Fared({ measure }: { measure: Measure | undefined }) {
  if (!measure) return <td>–</td>;
  const { accuracy, control } = measure;
  const [state, other] = [accuracy.state ?? 0, accuracy[control] ?? 0];
  return (
    <td class="fared-cell">
      <span class="fared" aria-hidden="true">
        <span class="fared-state" style={{ width: `${100 * state}%` }} />
        <span class="fared-control" style={{ left: `${100 * other}%` }} />
      </span>
      <span class="small muted number fared-words">
        {wholePercent(state)}; {controlName(control)} {wholePercent(other)}
      </span>
    </td>
  );
}

/** `+23`, in hundredths. */
export function signed(share: number): string {
  const points = Math.round(100 * share);
  return points === 0 ? '0' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`;
}
