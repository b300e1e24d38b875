// Touch: something is done to the agent in the middle of a program; the rest is run again at once, and shown beside the
// program that was left alone.

import { effect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Shown } from '../engine/playing.ts';
import { Inside } from '../inside/index.tsx';
import { AgentBar } from '../stage/AgentBar.tsx';
import { align, beforeColumn, type Column } from '../stage/align.ts';
import { ContextRow } from '../stage/ContextRow.tsx';
import { Gate } from '../stage/Gate.tsx';
import { HeatMap } from '../stage/HeatMap.tsx';
import { Machine } from '../stage/Machine.tsx';
import { Policy } from '../stage/Policy.tsx';
import { Heading, Pose, ProblemList, Verdict } from '../stage/Problems.tsx';
import { ProjectionPlot } from '../stage/ProjectionPlot.tsx';
import { RouteGraph } from '../stage/RouteGraph.tsx';
import { type Line, Score } from '../stage/Score.tsx';
import '../stage/stage.css';
import { Thoughts } from '../stage/Thoughts.tsx';
import { playing, scrub, Transport, useArrows } from '../stage/Transport.tsx';
import { wordsOf } from '../stage/words.ts';
import { facts, source } from '../state/agentOnView.ts';
import { LOOKS } from '../state/inside.ts';
import { enter, goTo, plain, setTouches, step, toggle, touchError, touched, touches } from '../state/stage.ts';
import { extra } from '../state/store.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { differenceOf, followedWords } from './difference.ts';
import { donated, findDonors, swapped } from './donors.ts';
import { firstPlace } from './experiments.ts';
import { put, putOf } from './patching.ts';
import { Done, Experiments, Toolbox } from './Toolbox.tsx';
import './touch.css';

export function View() {
  useEffect(() => {
    playing.value = false;
    entered = false;
    opens = plain.peek() === undefined;
    const ends = [enter(), findDonors(), effect(stepBack)];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  useArrows();
  return (
    <>
      <h1 class="visually-hidden">Touch</h1>
      <AgentBar view="touch" />
      <Gate>
        <Stage />
      </Gate>
    </>
  );
}

/**
 * Somebody who comes from the end of a program is led back to where something can be done; who asked for the end is not.
 * An address opened while its agent still learns keeps its place: the programs to come are longer.
 */
function stepBack(): void {
  const shown = plain.value;
  const { do: done, sum } = extra.peek();
  if (!shown || entered) return;
  entered = true;
  if (opens && source.peek().kind === 'training') return;
  if (done === undefined && sum === undefined && step.peek() >= shown.run.steps.length) goTo(firstPlace(shown));
}

let entered = false;
/** Whether the page opens here, with no program on view before. */
let opens = true;

const inFirst = ({ a }: Column) => a;
const inSecond = ({ b }: Column) => b;

function Stage() {
  const agent = facts.value!;
  const alone = plain.value!;
  const other = touched.value;
  const shown = other ?? alone;
  const { run } = shown;
  const at = Math.min(step.value, run.steps.length);
  const columns = useMemo(() => align(alone.run.program, run.program), [alone, shown]);
  const column = columns.findIndex(({ b }) => b === at);
  const now = column < 0 ? columns.length : column;
  const aloneAt = beforeColumn(columns, at);
  const doneAt = (index: number) =>
    touches.value.filter((touch) => touch.step === index).map((touch) => wordsOf(touch, agent, run.level));
  const mine: Line = {
    name: other ? 'touched' : 'program',
    ...{ shown, at, indexIn: inSecond, marked: other !== undefined, onPick: scrub, doneAt },
    ...(agent.unable.state === undefined || agent.unable.context === undefined ? { onDropProblem: put } : {}),
  };
  const lines: Line[] = other
    ? [{ name: 'left alone', shown: alone, at: aloneAt, indexIn: inFirst, marked: true }, mine]
    : [mine];
  return (
    <div class="stage">
      <Pose agent={agent} />
      <div class="stage-main">
        <section class="panel stage-score" aria-label="The problem">
          <Heading agent={agent} shown={shown} />
          <Experiments agent={agent} plain={alone} />
          <RouteGraph shown={shown} at={at} />
          <ContextRow agent={agent} shown={shown} at={at} touches={touches.value} />
        </section>
        <section class="panel stage-program" aria-label="The program">
          <Score agent={agent} columns={columns} at={now} lines={lines} />
          <Transport length={run.steps.length} tokens={run.program} />
        </section>
        <section class="panel stage-score" aria-label="What came of it">
          <div class="outcome" role="status">
            {other ? (
              <>
                <p>{differenceOf(alone, other, columns)}</p>
                <Follows alone={alone} touched={other} />
                <p class="small">
                  left alone: <Verdict solved={alone.run.solved} long /> · touched:{' '}
                  <Verdict solved={other.run.solved} long />
                </p>
              </>
            ) : (
              <p class="muted">
                Nothing is done to the agent yet. Click a bar to force that token, or choose from what can be done.
              </p>
            )}
          </div>
          <Done agent={agent} level={run.level} />
          {touchError.value && (
            <Notice kind="bad" actions={<Button onClick={() => setTouches([])}>Leave it alone</Button>}>
              {touchError.value}.
            </Notice>
          )}
          <Thoughts columns={columns} at={now} lines={lines}>
            <HeatMap
              shown={shown}
              columns={columns}
              indexIn={inSecond}
              less={other && { shown: alone, indexIn: inFirst }}
              row={lines.length + 1}
              onPick={scrub}
            />
          </Thoughts>
        </section>
        <div class="stage-pair touch-pair">
          <div class="panel">
            <Toolbox agent={agent} shown={shown} at={at} />
          </div>
          <div class="panel">
            <Policy
              agent={agent}
              shown={shown}
              at={at}
              beside={other && { shown: alone, at: aloneAt }}
              touch={{ present: touches.value, toggle }}
            />
          </div>
          <div class="panel machines">
            {other && <Machine agent={agent} shown={alone} at={aloneAt} name="Machine, left alone" moves={false} />}
            <Machine agent={agent} shown={shown} at={at} name={other ? 'Machine, touched' : 'The machine'} moves />
          </div>
        </div>
        <div class="stage-lower">
          <Inside at={at} offers={LOOKS} />
          <div class="panel">
            <ProjectionPlot
              agent={agent}
              ways={[
                ...(other ? [{ name: 'left alone', shown: alone, at: aloneAt }] : []),
                { name: other ? 'touched' : 'this program', shown, at },
              ]}
            />
          </div>
        </div>
      </div>
      <ProblemList put={putOf(agent, at, run.steps.length)} />
    </div>
  );
}

/** Whose program it goes on as, where another problem gave its state. */
function Follows({ alone, touched }: { alone: Shown; touched: Shown }) {
  const given = donated.value;
  const from = swapped.value;
  if (!given || !from) return null;
  return <p>{followedWords(facts.value!, from.step, from.problem, { plain: alone, touched, donor: given.shown })}</p>;
}
