// Watch: problems being answered, token by token, beside the machine that they move.

import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { AgentFacts } from '../engine/playing.ts';
import { Inside } from '../inside/index.tsx';
import { AgentBar } from '../stage/AgentBar.tsx';
import { ContextRow } from '../stage/ContextRow.tsx';
import { Gate } from '../stage/Gate.tsx';
import { HeatMap } from '../stage/HeatMap.tsx';
import { Machine } from '../stage/Machine.tsx';
import { Policy } from '../stage/Policy.tsx';
import { Heading, Pose, ProblemList } from '../stage/Problems.tsx';
import { ProjectionPlot } from '../stage/ProjectionPlot.tsx';
import { RouteGraph } from '../stage/RouteGraph.tsx';
import { type Line, Score } from '../stage/Score.tsx';
import '../stage/stage.css';
import { Thoughts } from '../stage/Thoughts.tsx';
import { playing, prefersStill, scrub, Transport, useArrows } from '../stage/Transport.tsx';
import { facts } from '../state/agentOnView.ts';
import { choose, enter, goTo, plain, problem, step } from '../state/stage.ts';
import { addressOf, extra } from '../state/store.ts';

export function View() {
  useEffect(() => {
    // Somebody who comes with a place in mind is left there.
    const { own, step: at, sum } = extra.peek();
    playing.value = !prefersStill() && at === undefined && sum === undefined && own === undefined;
    const leave = enter();
    return () => {
      playing.value = false;
      leave();
    };
  }, []);
  useArrows();
  return (
    <>
      <h1 class="visually-hidden">Watch</h1>
      <AgentBar view="watch" />
      <Gate>
        <Stage />
      </Gate>
    </>
  );
}

/** A level's problems come round again. */
const IN_A_ROUND = 24;

/** Steering is for Touch. */
const WATCHED = ['read', 'ahead', 'credit'] as const;

const indexIn = ({ a }: { readonly a?: number }) => a;

function Stage() {
  const agent = facts.value!;
  const shown = plain.value!;
  const { run } = shown;
  const at = Math.min(step.value, run.steps.length);
  const next = useCallback(() => {
    const asked = problem.peek();
    if ('index' in asked) choose({ level: asked.level, index: (asked.index + 1) % IN_A_ROUND });
    else goTo(0);
  }, []);
  const columns = useMemo(() => run.steps.map((_, a) => ({ a, same: true })), [run]);
  const lines: Line[] = [{ name: 'program', shown, at, indexIn, marked: false, onPick: scrub }];
  return (
    <div class="stage">
      {useMemo(
        () => (
          <Pose agent={agent} />
        ),
        [agent],
      )}
      <div class="stage-main">
        <section class="panel stage-score" aria-label="The problem">
          <Heading agent={agent} shown={shown} />
          <RouteGraph shown={shown} at={at} />
          <ContextRow agent={agent} shown={shown} at={at} />
        </section>
        <section class="panel stage-program" aria-label="The program">
          <Score agent={agent} columns={columns} at={at} lines={lines} />
          <Transport length={run.steps.length} tokens={run.program} onEnd={next} />
        </section>
        <section class="panel stage-score" aria-label="What the agent thought">
          <Thoughts columns={columns} at={at} lines={lines}>
            <HeatMap shown={shown} columns={columns} indexIn={indexIn} row={2} onPick={scrub} />
          </Thoughts>
          <Reference shown={shown} />
        </section>
        <div class="stage-pair">
          <div class="panel">
            <Machine agent={agent} shown={shown} at={at} name="The machine" moves />
          </div>
          <div class="panel">
            <Policy agent={agent} shown={shown} at={at} />
            <p class="small">
              <a href={addressOf('touch')}>{touchWords(agent)}</a>
            </p>
          </div>
        </div>
        <div class="stage-lower">
          <Inside at={at} offers={WATCHED} />
          <div class="panel">
            <ProjectionPlot agent={agent} ways={[{ name: 'this program', shown, at }]} />
          </div>
        </div>
      </div>
      {useMemo(
        () => (
          <ProblemList />
        ),
        [],
      )}
    </div>
  );
}

/** What can be done to this agent and its machine. */
function touchWords({ unable }: AgentFacts): string {
  const done = [
    'force another token',
    ...(unable.memory === undefined ? ['empty the memory'] : []),
    ...(unable.context === undefined ? ['hide the problem'] : []),
  ];
  return `Touch it: ${done.join(', ')}`;
}

function Reference({ shown: { reference, run } }: { shown: NonNullable<typeof plain.value> }) {
  // Of games of memory the right answers are the machine's to show.
  if (!reference || reference.length > 30) return null;
  const extraTokens = run.program.length - reference.length;
  return (
    <p class="muted small">
      A shortest right program: <code>{reference.join(' ')}</code>
      {run.solved && extraTokens > 0 ? `, ${extraTokens} shorter than the agent’s` : ''}
      {run.solved && extraTokens === 0 ? ', as long as the agent’s' : ''}.
    </p>
  );
}
