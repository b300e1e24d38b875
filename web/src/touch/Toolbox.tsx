// What can be done to the agent before the token on view, and what is done already.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { AgentFacts, Drawn, Shown, Touch } from '../engine/playing.ts';
import { keepsSomething } from '../stage/machineModel.ts';
import { titleOf } from '../stage/titles.ts';
import { wordsOf } from '../stage/words.ts';
import { goTo, problem, setTouches, survey, toggle, touches } from '../state/stage.ts';
import { sameTouch, writeTouch } from '../state/touches.ts';
import type { TermName } from '../ui/glossary.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { donor } from './donors.ts';
import { experimentsOn, firstPlace } from './experiments.ts';
import { PARTS, part, whyNot } from './patching.ts';

interface ToolboxProps {
  readonly agent: AgentFacts;
  /** The program as it is now, touched or not. */
  readonly shown: Shown;
  readonly at: number;
}

export function Toolbox({ agent, at, shown }: ToolboxProps) {
  const { unable } = agent;
  const picked = useSignal<number | undefined>(undefined);
  const others = (survey.value?.episodes ?? []).filter(({ index }) => index !== indexOf(problem.value));
  const from: Drawn = { level: shown.run.level, index: picked.value ?? others[0]?.index ?? 1 };
  if (at >= shown.run.steps.length) return <AtEnd shown={shown} />;
  const before = shown.run.steps[at]?.before;
  const emptied = touches.value.some((touch) => touch.kind === 'memory' && touch.step === at);
  const nothing = before && !keepsSomething(before) && !emptied ? 'The memory is empty here.' : undefined;
  const late = at > 0 ? unable.lateContext : undefined;
  const beyond = agent.levels.length <= from.level ? 'There is no other problem of this level.' : undefined;
  return (
    <section class="toolbox" aria-label="What can be done here">
      <h3>
        Before token {at + 1}{' '}
        <span class="muted">
          <Term of="intervention">interventions</Term>
        </span>
      </h3>
      <Group title="memory" term="memory" why={unable.memory ?? nothing}>
        {(off) => (
          <>
            <Tool touch={{ kind: 'memory', step: at, how: 'empty' }} off={off} text="Empty it" />
            <Tool touch={{ kind: 'memory', step: at, how: 'change' }} off={off} text="Change it" />
          </>
        )}
      </Group>
      <Group title="state" term="hiddenState" why={unable.state}>
        {(off) => (
          <>
            <Tool touch={{ kind: 'state', step: at, how: 'hide' }} off={off} text="Zero it" />
            <Tool
              touch={{ kind: 'state', step: at, how: 'swap', problem: from }}
              off={off || beyond !== undefined}
              text="Swap it"
            />
          </>
        )}
      </Group>
      <Group title="problem" term="context" why={unable.context ?? late}>
        {(off) => (
          <>
            <Tool touch={{ kind: 'context', step: at, how: 'hide' }} off={off} text="Hide it" />
            <Tool
              touch={{ kind: 'context', step: at, how: 'swap', problem: from }}
              off={off || beyond !== undefined}
              text="Swap it"
            />
          </>
        )}
      </Group>
      <Parts agent={agent} at={at} />
      {others.length > 0 && (
        <Donors
          others={others}
          value={from.index}
          onChange={(index) => {
            picked.value = index;
          }}
        />
      )}
    </section>
  );
}

/** Nothing can be done any more; said once, with the way back. */
function AtEnd({ shown }: { shown: Shown }) {
  const to = firstPlace(shown);
  return (
    <section class="toolbox" aria-label="What can be done here">
      <h3>At the end</h3>
      <p class="muted small">The program has ended: something can be done before each of its tokens.</p>
      {shown.run.steps.length > 0 && <Button onClick={() => goTo(to)}>Go to token {to + 1}</Button>}
    </section>
  );
}

const indexOf = (asked: typeof problem.value): number | undefined => ('index' in asked ? asked.index : undefined);

interface GroupProps {
  readonly title: string;
  readonly term: TermName;
  /** Why nothing can be done; absent where something can. */
  readonly why: string | undefined;
  readonly children: (off: boolean) => preact.ComponentChildren;
}

function Group({ children, term, title, why }: GroupProps) {
  const reason = useId();
  return (
    <fieldset class="tools" aria-describedby={why === undefined ? undefined : reason}>
      <legend class="small">
        <Term of={term}>{title}</Term>
      </legend>
      <div class="tools-row">{children(why !== undefined)}</div>
      {why !== undefined && (
        <p class="muted small" id={reason}>
          {why}
        </p>
      )}
    </fieldset>
  );
}

function Tool({ off, text, touch }: { touch: Touch; off: boolean; text: string }) {
  const pressed = touches.value.some((other) => sameTouch(other, touch));
  return (
    <button
      type="button"
      class="button tool"
      aria-pressed={pressed}
      disabled={off && !pressed}
      onClick={() => toggle(touch)}
    >
      {text}
    </button>
  );
}

/** What of a problem is put where it is dropped, or where its button says. */
function Parts({ agent, at }: { agent: AgentFacts; at: number }) {
  const name = useId();
  const off = PARTS.some((one) => whyNot(agent, one, at) !== undefined);
  return (
    <fieldset class="tools">
      <legend class="small">
        <Term of="patching">patching</Term>
      </legend>
      <p class="small muted" id={`${name}-how`}>
        Drag a problem from the list onto a token, or press its arrow: what is put there is
      </p>
      <div class="tools-row">
        {PARTS.map((one) => (
          <label class="switch small">
            <input
              type="radio"
              name={name}
              checked={part.value === one}
              disabled={whyNot(agent, one, at) !== undefined && part.value !== one}
              aria-describedby={`${name}-how`}
              onChange={() => {
                part.value = one;
              }}
            />
            {PART_NAMES[one]}
          </label>
        ))}
      </div>
      {off && <p class="muted small">What is greyed out cannot be put there; the reason stands above.</p>}
    </fieldset>
  );
}

const PART_NAMES = { state: 'its state', context: 'its encoded context', both: 'both' } as const;

interface DonorsProps {
  readonly others: readonly { readonly index: number; readonly problem: string }[];
  readonly value: number;
  readonly onChange: (index: number) => void;
}

function Donors({ onChange, others, value }: DonorsProps) {
  const field = useId();
  return (
    <div class="field">
      <label class="field-label" for={field}>
        Swap with
      </label>
      <select
        id={field}
        class="input token"
        value={value}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      >
        {others.map(({ index, problem: text }) => (
          <option value={index} selected={index === value}>
            no. {index + 1}: {titleOf(text)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Questions for somebody who does not know where to begin. */
export function Experiments({ agent, plain }: { agent: AgentFacts; plain: Shown }) {
  return (
    <div class="experiments">
      <span class="small muted">Ask it:</span>
      {experimentsOn(agent, plain, donor.value).map(({ question, touch }) => {
        const why = typeof touch === 'string' ? touch : undefined;
        const asked = typeof touch !== 'string' && touches.value.length === 1 && sameTouch(touches.value[0]!, touch);
        return (
          <button
            type="button"
            class="button tool"
            aria-pressed={asked}
            disabled={why !== undefined}
            title={why}
            onClick={() => {
              if (typeof touch === 'string') return;
              setTouches(asked ? [] : [touch]);
              goTo(touch.step);
            }}
          >
            {question}
            {why && <span class="visually-hidden"> {why}</span>}
          </button>
        );
      })}
    </div>
  );
}

/** What is done to the agent, each to be taken back. */
export function Done({ agent, level }: { agent: AgentFacts; level: number }) {
  const all = touches.value;
  if (all.length === 0) return null;
  return (
    <section class="done" aria-label="What is done to the agent">
      {all.map((touch) => (
        <span class="done-chip small" key={writeTouch(touch)}>
          <button type="button" class="done-go" onClick={() => goTo(touch.step)}>
            ✱ {wordsOf(touch, agent, level)}
          </button>
          <button
            type="button"
            class="done-undo"
            aria-label={`Take back: ${wordsOf(touch, agent, level)}`}
            onClick={() => toggle(touch)}
          >
            <span aria-hidden="true">×</span>
          </button>
        </span>
      ))}
      <Button kind="quiet" onClick={() => setTouches([])}>
        Leave it alone
      </Button>
    </section>
  );
}
