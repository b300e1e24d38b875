// Which problem is posed: one of a level's, or a person's own.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { AgentFacts, Drawn, Shown } from '../engine/playing.ts';
import { writeAddress } from '../state/address.ts';
import { choose, ownError, plain, problem, survey } from '../state/stage.ts';
import { view } from '../state/store.ts';
import { MOST_PROBLEMS } from '../state/touches.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { dragSource } from './carried.ts';
import './problems.css';
import { titleOf } from './titles.ts';

/** What is posed: a person's own problem, or a level. */
export function Pose({ agent }: { agent: AgentFacts }) {
  if (agent.example === undefined && agent.levels.length < 2) return null;
  return (
    <section class="panel pose" aria-label="Pose a problem">
      {agent.example !== undefined && <Own agent={agent} example={agent.example} />}
      <Levels agent={agent} />
    </section>
  );
}

function Own({ agent, example }: { agent: AgentFacts; example: string }) {
  const present = 'text' in problem.value ? problem.value.text : '';
  const text = useSignal(present);
  const field = useId();
  const error = ownError.value;
  return (
    <form
      class="field own"
      onSubmit={(event) => {
        event.preventDefault();
        choose({ text: text.value.trim() || example });
      }}
    >
      <label class="field-label" for={field}>
        A problem of your own
      </label>
      <div class="own-row">
        <input
          id={field}
          class="input token"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={example}
          value={text.value}
          aria-invalid={error !== undefined}
          aria-describedby={error ? `${field}-error` : undefined}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          {agent.config.task.name === 'expressions' ? 'Compile' : 'Pose it'}
        </button>
      </div>
      {error && (
        <p class="error" id={`${field}-error`} role="alert">
          {needsDigits(agent, present) ? (
            <>
              This agent’s operands have names, x0 to x9. Literal digits need the preset <code>digits</code>:{' '}
              <a href={writeAddress(view.value, DIGITS, { own: present })}>open it with this problem</a>. Its agent then
              begins to learn.
            </>
          ) : (
            error
          )}
        </p>
      )}
    </form>
  );
}

const DIGITS = { task: 'expressions', preset: 'digits', settings: {} };

/** Whether a problem has numbers where its agent knows operands by name. */
const needsDigits = ({ config: { task } }: AgentFacts, text: string): boolean =>
  task.name === DIGITS.task && task.options.operands !== 'digits' && /(^|[^x\d])\d/.test(text);

function Levels({ agent }: { agent: AgentFacts }) {
  const field = useId();
  const level = plain.value?.run.level ?? 0;
  if (agent.levels.length < 2) return null;
  return (
    <div class="field">
      <div class="field-label">
        <Term of="level" id={field}>
          Level
        </Term>
      </div>
      <select
        aria-labelledby={field}
        class="input"
        value={level}
        onChange={({ currentTarget }) => choose({ level: Number(currentTarget.value), index: 0 })}
      >
        {agent.levels.map(({ goal, name }, index) => (
          <option value={index} selected={index === level}>
            {name}: {goal}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What can be done with a problem other than the one on view: its state goes to another program. */
export interface Put {
  /** `Put its state before token 3`. */
  readonly label: string;
  /** Why it cannot be done here. */
  readonly why?: string | undefined;
  readonly onPut: (problem: Drawn) => void;
}

/** Problems of the level, with what came of each. */
export function ProblemList({ put }: { put?: Put }) {
  const shown = survey.value;
  if (!shown) return <p class="panel problem-list muted small">Other problems are being played …</p>;
  const { episodes, level } = shown;
  const asked = problem.value;
  const solved = episodes.filter((episode) => episode.solved).length;
  return (
    <section class="panel problem-list" aria-label="Problems">
      <h3>
        <Term of="testProblems">Test problems</Term>
        <span class="number muted">
          {' '}
          {solved} of {episodes.length} right
        </span>
      </h3>
      <ol>
        {episodes.map(({ index, problem: text, program, solved: right }) => {
          const here = 'index' in asked && asked.index === index && asked.level === level;
          return (
            <li class="problem-row">
              <button
                type="button"
                class="problem"
                aria-current={here ? 'true' : undefined}
                title={program.join(' ')}
                onClick={() => choose({ level, index })}
                {...(put && !here && dragSource({ level, index }))}
              >
                <Verdict solved={right} />
                <span class="token problem-text">{titleOf(text)}</span>
              </button>
              {put && !here && (
                <button
                  type="button"
                  class="problem-put"
                  disabled={put.why !== undefined}
                  title={put.why ?? put.label}
                  aria-label={`No. ${index + 1}: ${put.label}`}
                  onClick={() => put.onPut({ level, index })}
                >
                  <svg viewBox="0 0 14 14" aria-hidden="true">
                    <path d="M1 7h8M6 3.5 9.5 7 6 10.5M12 2v10" />
                  </svg>
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

export function Verdict({ long = false, solved }: { solved: boolean; long?: boolean }) {
  return (
    <span class="verdict" data-solved={solved}>
      <span aria-hidden="true">{solved ? '✓' : '✗'}</span>
      <span class={long ? undefined : 'visually-hidden'}>{solved ? 'right' : 'wrong'}</span>
    </span>
  );
}

/** The problem on view, in large; how it is described, and what its level asks. */
export function Heading({ agent, shown }: { agent: AgentFacts; shown: Shown }) {
  const { level, name, problem: text } = shown.run;
  const title = titleOf(text);
  return (
    <div class="stage-head">
      <div>
        <h2 class="stage-problem token" data-long={title.length > LONG}>
          {title}
        </h2>
        <p class="muted small">
          level {name}: {agent.levels[level]?.goal}
        </p>
      </div>
      <NextProblem />
    </div>
  );
}

/** Characters that are too many for large type. */
const LONG = 44;

/** The way to another problem of the level. */
function NextProblem() {
  const asked = problem.value;
  const level = plain.value?.run.level ?? 0;
  const next = 'index' in asked ? asked.index + 1 : 0;
  return (
    <Button kind="quiet" onClick={() => choose({ level, index: next % MOST_PROBLEMS })}>
      Next problem
    </Button>
  );
}
