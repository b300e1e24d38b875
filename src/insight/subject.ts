// What an insight report asks its questions of: a task, an agent that plays it, and one of the same shape that never
// learnt. Works wherever the agent does, in a page too.

import type { Agent } from '../agents/agent.ts';
import { type AgentConfig, createAgent } from '../agents/createAgent.ts';
import { Random } from '../core/random.ts';
import type { Problem, Split, Task } from '../tasks/task.ts';
import { Playback } from './playback.ts';

/** Sections of a report. Each draws from a stream of its own, so that none changes another's numbers. */
export const SECTIONS = ['decode', 'causal', 'thinking', 'tools', 'emergence', 'credit'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Streams 0 and 1 of a seed's evaluation are those of validation and tests. */
const FIRST_STREAM = 2;

/** Problems that are played at once. */
export const LANES = 256;

/** Prepared. */
export interface Memoryless {
  /** Its own: the subject's vocabulary and problems, on a machine without memory; with every level. */
  readonly task: Task;
  readonly network: Agent;
}

export interface Subject {
  /** The task of training. */
  readonly task: Task;
  /** The same with every level that it could have; `task` itself where it has no more. Its problems are as good. */
  readonly extended: Task;
  /** Prepared. */
  readonly network: Agent;
  /** A network of the same shape with fresh weights: the control that knows nothing. Prepared. */
  readonly untrained: Agent;
  /** An agent that was trained on the same problems without memory, where one is given: a control on memory. */
  readonly memoryless?: Memoryless;
  readonly seed: number;
  /** Plays up to `LANES` problems of any level with `network`; one for each agent, which keeps its buffers. */
  playback(agent?: Agent): Playback;
  /** Chance of a section: same seed, same report. */
  random(section: SectionName): Random;
  /** `count` problems of a level (of `extended`); problem `i` is a function of `random` and `i` alone. */
  problems(level: number, split: Split, count: number, random: Random): Problem[];
}

export interface SubjectInput {
  readonly task: Task;
  /** With its parameters in place; is prepared here. */
  readonly network: Agent;
  /** Another agent of the same shape with weights that were never trained; is prepared here. */
  readonly untrained: Agent;
  readonly memoryless?: Memoryless;
  /** Decides all that is left to chance: 0 to 2^53 − 1. */
  readonly seed: number;
}

/** A subject of parts: agents may be of anyone's making. */
export function subjectOf({ memoryless, network, seed, task, untrained }: SubjectInput): Subject {
  network.prepare();
  untrained.prepare();
  const extended = task.extended?.() ?? task;
  const playbacks = new Map<Agent, Playback>();
  return {
    task,
    extended,
    network,
    untrained,
    ...(memoryless && { memoryless }),
    seed,
    playback(agent = network) {
      const found = playbacks.get(agent) ?? new Playback(extended, agent, LANES);
      playbacks.set(agent, found);
      return found;
    },
    random: (section) => Random.stream(seed, 'evaluation').fold(FIRST_STREAM + SECTIONS.indexOf(section)),
    problems: (level, split, count, random) =>
      Array.from({ length: count }, (_, i) => extended.sample(level, split, random.fold(i))),
  };
}

/**
 * An agent of `network`'s shape on the same heap, with weights drawn from the initialisation of `seed` + 1: those of
 * the training's own seed are what the trained weights came from.
 */
export function untrainedAgent(network: Agent, task: Task, config: AgentConfig, seed: number): Agent {
  const agent = createAgent(network.heap, task, config);
  agent.parameters.initialise(Random.stream(seed + 1, 'initialisation'));
  return agent;
}
