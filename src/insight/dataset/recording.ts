// Episodes in the open: what an agent's state was before every token, and what those of others were that were fed the
// same tokens: an untrained one, and one that was trained without memory.

import type { Agent } from '../../agents/agent.ts';
import type { Problem } from '../../tasks/task.ts';
import { type EpisodeLabels, labelEpisode, structureOf } from '../labels/episodeLabels.ts';
import type { Hooks, Played } from '../playback.ts';
import type { Subject } from '../subject.ts';

/** What one network held during an episode. */
export interface States {
  /** [steps][hidden] before every token: the state that it is chosen from. Step 0 comes before the first. */
  readonly steps: readonly Float32Array[];
  /** [hidden] the state that a program begins with, before the start token; empty for an agent without one. */
  readonly summary: Float32Array;
  /** [tokens of the context][hidden] the encoded context; empty for an agent that keeps none. */
  readonly encoded: readonly Float32Array[];
  /** [hidden] mean of the encoded context's tokens; empty for an agent that keeps none. */
  readonly memory: Float32Array;
}

export interface Recording extends Played {
  readonly problem: Problem;
  readonly structure: string;
  readonly labels: EpisodeLabels;
  /** [steps][fields] what the machine showed before every token. */
  readonly shown: readonly Int32Array[];
  readonly trained: States;
  readonly untrained: States;
  /** Of the subject's memoryless agent, where it has one. */
  readonly memoryless?: States;
}

/** Plays `problems` greedily with the subject's network, and takes the others through the same programs. */
export function record(subject: Subject, problems: readonly Problem[]): Recording[] {
  const { extended, memoryless, network, untrained } = subject;
  const { lanes } = subject.playback();
  const recordings: Recording[] = [];
  for (let from = 0; from < problems.length; from += lanes) {
    const chunk = problems.slice(from, from + lanes);
    const own = watch(subject, network, chunk);
    const programs = own.played.map(({ program }) => program);
    const other = watch(subject, untrained, chunk, programs);
    const without = memoryless && watch(subject, memoryless.network, chunk, programs);
    for (const [lane, problem] of chunk.entries()) {
      const played = own.played[lane]!;
      recordings.push({
        ...played,
        problem,
        structure: structureOf(extended, problem),
        labels: labelEpisode(extended, problem, played.program),
        shown: own.shown[lane]!.slice(0, played.program.length),
        trained: trimmed(own.states[lane]!, played.program.length),
        untrained: trimmed(other.states[lane]!, played.program.length),
        ...(without && { memoryless: trimmed(without.states[lane]!, played.program.length) }),
      });
    }
  }
  return recordings;
}

/** A row whose episode ends for want of a token has been seen once more. */
const trimmed = (states: States, steps: number): States => ({ ...states, steps: states.steps.slice(0, steps) });

/** @param programs that the agent is made to choose; its own greedy choices when absent. */
function watch(
  subject: Subject,
  agent: Agent,
  problems: readonly Problem[],
  programs?: readonly (readonly number[])[],
): { readonly played: Played[]; readonly states: States[]; readonly shown: Int32Array[][] } {
  const steps = problems.map((): Float32Array[] => []);
  const shown = problems.map((): Int32Array[] => []);
  const [summaries, contextsOf]: [Float32Array[], Float32Array[][]] = [[], []];
  const fields = subject.extended.observation.length;
  const hooks: Hooks = {
    encoded({ context, contexts, state }) {
      for (const lane of problems.keys()) {
        summaries.push(state(lane).slice());
        contextsOf.push(rowsOf(context(contexts[lane]!), agent.hidden));
      }
    },
    machine({ lanes, out }) {
      for (const [row, lane] of lanes.entries()) {
        shown[lane]!.push(out.observation.slice(row * fields, (row + 1) * fields));
      }
    },
    record({ lanes, state }) {
      for (const [row, lane] of lanes.entries()) steps[lane]!.push(state(row).slice());
    },
    ...(programs && { token: (step, lane) => programs[lane]![step] }),
  };
  const played = subject.playback(agent).play(problems, { choice: { kind: 'greedy' }, hooks });
  const states = problems.map((_, lane) => ({
    steps: steps[lane]!,
    summary: summaries[lane]!,
    encoded: contextsOf[lane]!,
    memory: meanOf(contextsOf[lane]!),
  }));
  return { played, states, shown };
}

const rowsOf = (values: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let i = 0; i < mean.length; i++) mean[i]! += row[i]! / rows.length;
  return mean;
}
