// The state pushed along the direction of an answer, and what becomes of the program, beside the one left alone.

import { useSignal } from '@preact/signals';
import type { Asking } from 'innerloop';
import { useEffect, useId } from 'preact/hooks';
import type { Steer as Push, Shown } from '../engine/playing.ts';
import { Verdict } from '../stage/Problems.tsx';
import { askingWords } from '../stage/words.ts';
import { facts } from '../state/agentOnView.ts';
import { type Found, found, readings, spoken } from '../state/inside.ts';
import { plain, setTouches, touchError, touched, touches } from '../state/stage.ts';
import { MOST_STRENGTH } from '../state/touches.ts';
import { Term } from '../ui/Term.tsx';
import { nameIn } from './names.ts';
import { measureOf, signed } from './Read.tsx';

/** How long a slider rests before the program is played anew. */
const REST_MILLISECONDS = 120;

const writeAsking = (asking: Asking): string => JSON.stringify(asking);

/** Look-aheads that are offered. */
const FARTHEST = 3;

/** What can be asked at a step, and its answers; first what the state tells most of beyond the controls. */
const choices = (probes: Found, at: number) =>
  probes.directions
    .filter(({ asking, step }) => step === at && !('ahead' in asking && asking.ahead > FARTHEST))
    .toSorted((a, b) => selectivityOf(probes, at, b.asking) - selectivityOf(probes, at, a.asking));

const selectivityOf = (probes: Found, at: number, asking: Asking): number =>
  measureOf(probes, at, asking)?.selectivity ?? Number.NEGATIVE_INFINITY;

/** What is so at a step of the program on view, or what the state is read as. */
function presentAnswer(at: number, asking: Asking): string | undefined {
  const row = readings.value?.steps[at]?.find((one) => writeAsking(one.asking) === writeAsking(asking));
  return row?.truth ?? row?.state.answer;
}

/** An answer to steer towards: not the one that is so already. */
const otherAnswer = (at: number, asking: Asking, answers: readonly string[]): string =>
  answers.findLast((one) => one !== presentAnswer(at, asking)) ?? answers.at(-1)!;

export function Steer({ at }: { at: number }) {
  const agent = facts.value!;
  const probes = found.value;
  const shown = spoken.value;
  if (agent.unable.state !== undefined) return <p class="muted">{agent.unable.state}</p>;
  if (!probes || !shown) return null;
  if (at >= shown.run.steps.length) return <p class="muted">The program has ended: go back to a token.</p>;
  const offered = choices(probes, at);
  if (offered.length === 0) {
    return (
      <p class="muted">
        Too few of the episodes get as far as token {at + 1}, or all are alike there: no direction can be made.
      </p>
    );
  }
  return <Slider key={at} at={at} offered={offered} probes={probes} context={shown.run.context} />;
}

interface SliderProps {
  readonly at: number;
  readonly offered: ReturnType<typeof choices>;
  readonly probes: Found;
  readonly context: readonly string[];
}

function Slider({ at, context, offered, probes }: SliderProps) {
  const agent = facts.value!;
  const [about, towards, slider] = [useId(), useId(), useId()];
  const present = touches.value.find((one): one is Push => one.kind === 'steer' && one.step === at);
  const chosen = useSignal<Pick<Push, 'asking' | 'answer' | 'random'> | undefined>(undefined);
  const strength = useSignal(present?.strength ?? 0);
  useEffect(() => {
    strength.value = present?.strength ?? 0;
  }, [present?.strength]);
  const wish = present ?? chosen.value;
  const asked = offered.find(({ asking }) => wish && writeAsking(asking) === writeAsking(wish.asking)) ?? offered[0]!;
  // What an address asks for stands there, even where no direction can be made.
  const asks = present && writeAsking(present.asking) === writeAsking(asked.asking) ? [present.answer] : [];
  const answers = [...new Set([...asked.answers, ...asks])];
  const answer = wish && answers.includes(wish.answer) ? wish.answer : otherAnswer(at, asked.asking, answers);
  const random = wish?.random ?? false;
  const push = (change: Partial<Push>): void => {
    const next = { asking: asked.asking, answer, random, strength: strength.peek(), ...change };
    chosen.value = next;
    const others = touches.peek().filter((one) => one.kind !== 'steer' || one.step !== at);
    const own: Push[] = next.strength === 0 ? [] : [{ kind: 'steer', step: at, ...next }];
    setTouches([...others, ...own].toSorted((a, b) => a.step - b.step));
  };
  useEffect(() => {
    if (strength.value === (present?.strength ?? 0)) return;
    const timer = setTimeout(() => push({ strength: strength.peek() }), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [strength.value]);
  const measure = measureOf(probes, at, asked.asking);
  return (
    <div class="steer">
      <div class="steer-fields">
        <div class="field">
          <div class="field-label">
            <Term of="steering" id={about}>
              What the direction is of
            </Term>
          </div>
          <select
            aria-labelledby={about}
            class="input"
            value={writeAsking(asked.asking)}
            onChange={({ currentTarget }) => {
              const next = offered.find(({ asking }) => writeAsking(asking) === currentTarget.value)!;
              push({ asking: next.asking, answer: otherAnswer(at, next.asking, next.answers) });
            }}
          >
            {offered.map(({ asking }) => (
              <option value={writeAsking(asking)} selected={asking === asked.asking}>
                {askingWords(asking)} (selectivity {signed(measureOf(probes, at, asking)!.selectivity)})
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label class="field-label" for={towards}>
            Towards
          </label>
          <select
            id={towards}
            class="input token"
            value={answer}
            onChange={({ currentTarget }) => push({ answer: currentTarget.value })}
          >
            {answers.map((one) => (
              <option value={one} selected={one === answer}>
                {nameIn(one, context, agent)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="field">
        <label class="field-label" for={slider}>
          <span>
            Push before token {at + 1}, in <Term of="deviation">standard deviations</Term>
          </span>
          <output class="number" for={slider}>
            {strength.value > 0 ? '+' : ''}
            {strength.value}
          </output>
        </label>
        <input
          id={slider}
          class="slider"
          type="range"
          min={-MOST_STRENGTH}
          max={MOST_STRENGTH}
          step={1}
          value={strength.value}
          onInput={({ currentTarget }) => {
            strength.value = Number(currentTarget.value);
          }}
        />
      </div>
      <label class="switch small">
        <input
          type="checkbox"
          checked={random}
          onChange={({ currentTarget }) => push({ random: currentTarget.checked })}
        />
        <span>Control: as far in a random direction instead</span>
      </label>
      <dl class="steer-programs">
        <Program name="left alone" shown={plain.value} />
        <Program name={present?.random ? 'pushed at random' : 'steered'} shown={present && touched.value} />
      </dl>
      {measure && measure.selectivity <= 0 && (
        <p class="muted small">
          The state tells no more of this than the controls do, so that the direction may mean nothing.
        </p>
      )}
    </div>
  );
}

function Program({ name, shown }: { name: string; shown: Shown | undefined }) {
  return (
    <div>
      <dt class="small">{name}</dt>
      <dd>
        {shown ? (
          <>
            <code>{shown.run.program.join(' ')}</code> <Verdict solved={shown.run.solved} long />
          </>
        ) : (
          <span class="muted small">{touchError.value ?? 'Move the slider.'}</span>
        )}
      </dd>
    </div>
  );
}
