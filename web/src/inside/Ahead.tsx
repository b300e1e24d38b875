// How far ahead the state tells: selectivity by step and look-ahead, drawn anew as the training goes on.

import type { AheadCell } from 'innerloop';
import { found, history } from '../state/inside.ts';
import { count, wholePercent } from '../ui/numbers.ts';
import { Scroll } from '../ui/Scroll.tsx';
import { Term } from '../ui/Term.tsx';
import { controlName, signed } from './Read.tsx';

/** Selectivity that is drawn in full colour. */
const FULL = 0.5;

export function Ahead() {
  const probes = found.value;
  if (!probes) return null;
  const { ahead } = probes;
  if (ahead.length === 0) return <p class="muted">Its programs are too short, or too few get far enough.</p>;
  const steps = [...new Set(ahead.map(({ step }) => step))];
  const looks = [...new Set(ahead.map((cell) => cell.ahead))].sort((a, b) => a - b);
  return (
    <>
      <p class="small">
        <Term of="selectivity">Selectivity</Term>, in hundredths: how much oftener the state tells a token to come than
        the best of the controls does. Framed where that is surely above nothing.
      </p>
      <Scroll label="Selectivity by step and look-ahead">
        <table class="matrix" data-testid="matrix">
          <thead>
            <tr class="small">
              <th scope="col">
                before <Term of="token">token</Term>
              </th>
              {looks.map((look) => (
                <th scope="col" class="number">
                  {look === 0 ? 'next' : `+${look}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr>
                <th scope="row" class="number">
                  {step + 1}
                </th>
                {looks.map((look) => (
                  <Square cell={ahead.find((cell) => cell.step === step && cell.ahead === look)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <History />
    </>
  );
}

function Square({ cell }: { cell: AheadCell | undefined }) {
  if (!cell) return <td aria-label="too few episodes" />;
  const { accuracy, control, interval, selectivity } = cell;
  const share = Math.min(1, Math.abs(selectivity) / FULL);
  const sure = interval !== null && interval.low > 0;
  const words = `state ${wholePercent(accuracy.state ?? 0)}, ${controlName(control)} ${wholePercent(accuracy[control] ?? 0)}`;
  return (
    <td
      class="square number"
      data-sure={sure}
      data-below={selectivity < 0}
      style={{ '--share': share }}
      title={interval ? `${words}; 95 % from ${signed(interval.low)} to ${signed(interval.high)}` : words}
    >
      {signed(selectivity)}
    </td>
  );
}

const [WIDTH, HEIGHT, MARGIN] = [320, 72, 6];

/** The mean over what comes after the next token, by update. */
function History() {
  const points = history.value;
  const last = points.at(-1);
  if (points.length < 2 || !last) {
    return (
      <p class="muted small">
        While a training is followed, probes are made again now and then, and their mean drawn here.
      </p>
    );
  }
  const values = points.map(({ selectivity }) => selectivity);
  const [low, high] = [Math.min(0, ...values), Math.max(0.1, ...values)];
  const [first] = points;
  const x = (update: number): number =>
    MARGIN + ((WIDTH - 2 * MARGIN) * (update - first!.update)) / Math.max(1, last.update - first!.update);
  const y = (value: number): number => MARGIN + ((HEIGHT - 2 * MARGIN) * (high - value)) / (high - low);
  const words = `Mean selectivity beyond the next token: ${signed(values[0]!)} at update ${count(first!.update)}, ${signed(last.selectivity)} at update ${count(last.update)}`;
  return (
    <figure class="ahead-history">
      <figcaption class="small muted">{words}.</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        <line class="ahead-zero" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
        <polyline points={points.map(({ selectivity, update }) => `${x(update)},${y(selectivity)}`).join(' ')} />
        <circle cx={x(last.update)} cy={y(last.selectivity)} r={3.5} />
      </svg>
    </figure>
  );
}
