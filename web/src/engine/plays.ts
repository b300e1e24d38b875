// Problems played on the agents that are open, and what is to be seen of them.

import { type PlayIntervention, type Playthrough, type Problem, symbols } from 'innerloop';
import { agentOf, drawn, problemOf } from './agents.ts';
import { facetsOver } from './facets.ts';
import type { PlayedTouch, PlayQuestions, Shown, Survey } from './playing.ts';
import { placeOf, principal } from './principal.ts';

export function play({ asked, hash, touches }: PlayQuestions['play']['question']): Shown {
  const { play: playOn, task } = agentOf(hash);
  const posed = problemOf(hash, asked);
  // Text becomes the same problem each time, so that touching it changes nothing else.
  const problem = typeof posed === 'string' ? task.parse!(posed) : posed;
  const run = playOn(problem, { interventions: touches.map((touch) => interventionOf(hash, touch)) });
  const taught = task.teach?.(problem);
  return {
    run,
    problem,
    ...(taught && { reference: symbols(task, taught) }),
    print: printOf(run),
  };
}

const interventionOf = (hash: string, touch: PlayedTouch): PlayIntervention =>
  'problem' in touch ? { ...touch, problem: drawn(hash, touch.problem) } : touch;

export function survey({ count, hash, level }: PlayQuestions['survey']['question']): Survey {
  const { play: playOn, task } = agentOf(hash);
  const problems = Array.from({ length: count }, (_, index): Problem => drawn(hash, { level, index }));
  const runs = problems.map((problem) => playOn(problem));
  const points = runs.flatMap(({ steps }, episode) => steps.map((step, at) => ({ episode, at, step })));
  const projection = principal(points.map(({ step }) => step.state));
  return {
    level,
    episodes: runs.map(({ context, problem, program, solved }, index) => ({
      index,
      problem,
      context,
      program,
      solved,
    })),
    episode: Uint16Array.from(points, ({ episode }) => episode),
    step: Uint16Array.from(points, ({ at }) => at),
    places: Float32Array.from(points.flatMap(({ step }) => placeOf(step.state, projection))),
    facets: facetsOver(
      points.map(({ step }) => step),
      task.vocabulary,
    ),
    projection,
  };
}

/** FNV-1a over the bits of every number that was computed. */
function printOf({ initial, steps }: Playthrough): string {
  let hash = 0x811c9dc5;
  const take = (values: Float32Array): void => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  };
  take(initial);
  for (const { attention, id, probabilities, state, value } of steps) {
    take(Float32Array.of(id, value));
    take(probabilities);
    take(state);
    if (attention) take(attention);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
