// What each token is credited with by four estimators, and which token decided the outcome.

import { useSignal } from '@preact/signals';
import { ESTIMATORS, type Estimator, type GroupCredit } from 'innerloop';
import { useId } from 'preact/hooks';
import { credit, spoken } from '../state/inside.ts';
import type { TermName } from '../ui/glossary.ts';
import { short } from '../ui/numbers.ts';
import { Scroll } from '../ui/Scroll.tsx';
import { Term } from '../ui/Term.tsx';

const NAMES: Readonly<Record<Estimator, readonly [name: string, term: TermName]>> = {
  'monte carlo': ['Monte Carlo', 'monteCarlo'],
  gae: ['GAE', 'gae'],
  grpo: ['GRPO', 'grpo'],
  rloo: ['RLOO', 'rloo'],
};

type Try = GroupCredit['episodes'][number];

export function Credit({ at }: { at: number }) {
  const given = credit.value;
  const shown = spoken.value;
  const field = useId();
  const chosen = useSignal(0);
  if (!given || !shown) {
    return (
      <p class="muted small" role="status">
        Other tries of the problem are being played …
      </p>
    );
  }
  const { episodes } = given.credit;
  const index = Math.min(chosen.value, episodes.length - 1);
  const one = episodes[index]!;
  const right = episodes.filter(({ solved }) => solved).length;
  const lots = episodes.filter(({ lot }) => lot !== null).length;
  return (
    <>
      <p class="small muted">
        This program and {episodes.length - 1} other tries of its problem, sampled, {lots} of them with one token drawn
        by lot: {right} of {episodes.length} are right. <Term of="credit">Credit</Term> compares what came of a program
        with what was expected, or with the others.
      </p>
      <div class="field credit-choice">
        <label class="field-label" for={field}>
          Whose tokens
        </label>
        <select
          id={field}
          class="input"
          value={index}
          onChange={({ currentTarget }) => {
            chosen.value = Number(currentTarget.value);
          }}
        >
          {episodes.map((other, i) => (
            <option value={i} selected={i === index}>
              {i === 0 ? 'the program on view' : `try ${i + 1}`}: {other.solved ? 'right' : 'wrong'}
            </option>
          ))}
        </select>
      </div>
      <Scroll label="Credit of each token">
        <table class="credit" data-testid="credit" aria-busy={given.of !== shown}>
          <thead>
            <tr>
              <th scope="col" class="small">
                <span class="visually-hidden">estimator</span>
              </th>
              {one.tokens.map((token, i) => (
                <th
                  scope="col"
                  class="token"
                  data-decisive={i === one.decisive}
                  data-now={index === 0 && i === at}
                  data-lot={i === one.lot}
                >
                  {token}
                  {i === one.decisive && <span class="credit-mark small">decided</span>}
                  {i === one.lot && <span class="credit-mark small">by lot</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ESTIMATORS.map((estimator) => (
              <Row estimator={estimator} one={one} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="small" role="status">
        {verdictOf(one)}
      </p>
    </>
  );
}

function Row({ estimator, one }: { estimator: Estimator; one: Try }) {
  const [name, term] = NAMES[estimator];
  const values = one.advantages[estimator];
  const most = Math.max(1e-9, ...values.map(Math.abs));
  return (
    <tr>
      <th scope="row" class="small">
        <Term of={term}>{name}</Term>
      </th>
      {values.map((value, i) => (
        <td
          class="number small"
          data-below={value < 0}
          data-decisive={i === one.decisive}
          style={{ '--share': most < 1e-6 ? 0 : Math.abs(value) / most }}
        >
          {value < 0 ? `−${short(-Number(value.toFixed(2)))}` : short(Number(value.toFixed(2)))}
        </td>
      ))}
    </tr>
  );
}

function verdictOf({ decisive, tokens, why }: Try): string {
  if (decisive !== null) {
    return `Token ${decisive + 1}, ${tokens[decisive]}, decided: after it no program could succeed any more.`;
  }
  if (why === 'solved') return 'The answer is right: no token lost it.';
  if (why === 'hopeless') return 'No program of this machine could have been right from the start.';
  return 'Which token decided is not known: the search for a way on gave up.';
}
