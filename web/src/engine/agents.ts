// The agents that a player has open.

import { type Agent, openAgent, type Problem } from 'innerloop';
import type { AgentFacts, Asked, Drawn } from './playing.ts';

/** Agents that stay open: the one on view, and the one before it. */
const KEPT = 2;
/** Problems that are drawn at once. */
const DRAWN = 32;

interface Open {
  readonly agent: Agent;
  /** By level. */
  readonly problems: Map<number, readonly Problem[]>;
}

const opened = new Map<string, Open>();

export async function open(bytes: Uint8Array, name: string): Promise<AgentFacts> {
  const agent = await openAgent(bytes, { name });
  opened.delete(agent.hash);
  opened.set(agent.hash, { agent, problems: new Map() });
  for (const hash of [...opened.keys()].slice(0, -KEPT)) opened.delete(hash);
  return factsOf(agent);
}

export function agentOf(hash: string): Agent {
  return entry(hash).agent;
}

/** @throws InnerloopError on text that is not in the task's notation, and on levels that there are not. */
export function problemOf(hash: string, asked: Asked): Problem | string {
  return 'text' in asked ? asked.text : drawn(hash, asked);
}

/** The same problem at any time: number `index` of the level's test problems. */
export function drawn(hash: string, { index, level }: Drawn): Problem {
  const { agent, problems } = entry(hash);
  let known = problems.get(level) ?? [];
  if (index >= known.length) {
    known = agent.problems(level, DRAWN * Math.ceil((index + 1) / DRAWN));
    problems.set(level, known);
  }
  return known[index]!;
}

function entry(hash: string): Open {
  const found = opened.get(hash);
  if (!found) throw new Error('this agent is no longer open; open it again');
  opened.delete(hash);
  opened.set(hash, found);
  return found;
}

function factsOf({ config, hash, progress, task }: Agent): AgentFacts {
  const { example, levels, masked, observation, title, vocabulary } = task;
  return {
    hash,
    update: progress.update,
    config,
    title,
    vocabulary,
    levels,
    masked,
    closed: observation.length > 0,
    ...(task.parse && example !== undefined && { example }),
    unable: unableOf(task.machine(1).tamper !== undefined, config.agent.name),
  };
}

function unableOf(memory: boolean, agent: string): AgentFacts['unable'] {
  const sequence = 'A transformer’s state is the whole sequence: there is no single state to touch.';
  const read = 'A transformer reads problem and program as one sequence: neither can be hidden by itself.';
  return {
    ...(memory ? {} : { memory: 'This machine has no memory that tools could use.' }),
    ...(agent === 'transformer' ? { state: sequence, context: read } : {}),
    ...(agent === 'recurrent'
      ? { lateContext: 'This agent reads its problem once, before its first token: hide it there.' }
      : {}),
  };
}
