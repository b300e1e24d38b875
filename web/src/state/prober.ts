// The worker that looks into states, and the directions that it made. One of its own: probes take seconds, and playing
// goes on meanwhile.

import type { SteeringDirection } from 'innerloop';
import { PlayerClient } from '../engine/client.ts';
import type { PlayedTouch, Steer, Touch } from '../engine/playing.ts';
import type { ProbeQuestions, Tell } from '../engine/probing.ts';
import { agentOnView } from './agentOnView.ts';

/** A worker that was killed says nothing; one at work tells how far it is, or is done sooner. */
const SILENCE_MILLISECONDS = 90_000;

const prober = new PlayerClient();

export async function askProber<Q extends keyof ProbeQuestions>(
  kind: Q,
  question: ProbeQuestions[Q]['question'],
  tell?: Tell,
): Promise<ProbeQuestions[Q]['answer']> {
  const end = () => prober.close('The worker that reads states has not answered for a long time, and was stopped');
  let silence = setTimeout(end, SILENCE_MILLISECONDS);
  try {
    return await prober.ask(kind, question, {
      tell(done, what) {
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MILLISECONDS);
        tell?.(done, what);
      },
    });
  } finally {
    clearTimeout(silence);
  }
}

const directions = new Map<string, Promise<SteeringDirection | undefined>>();
const MOST_DIRECTIONS = 50;

/** The direction of a push, made once. @throws Error where there is no agent, or none could be made. */
async function directionFor({ answer, asking, step }: Steer): Promise<SteeringDirection> {
  const agent = agentOnView();
  if (!agent) throw new Error('There is no agent to steer');
  const key = JSON.stringify([agent.hash, step, asking, answer]);
  const made = directions.get(key) ?? askProber('direct', { ...agent, step, asking, answer });
  if (directions.size >= MOST_DIRECTIONS) directions.clear();
  directions.set(key, made);
  made.catch(() => directions.delete(key));
  const found = await made;
  if (found) return found;
  throw new Error(
    `There is no direction towards ‘${answer}’ before token ${step + 1}: too few programs get so far, or nearly all or none are so`,
  );
}

/** What can be carried out: pushes with their directions. */
export function carriedOut(touches: readonly Touch[]): Promise<PlayedTouch[]> {
  return Promise.all(
    touches.map(async (touch): Promise<PlayedTouch> => {
      if (touch.kind !== 'steer') return touch;
      const { deviation, direction, random } = await directionFor(touch);
      return {
        kind: 'steer',
        step: touch.step,
        direction: touch.random ? random : direction,
        strength: touch.strength * deviation,
      };
    }),
  );
}
