// A reader small enough for a test, and subjects of agents that never learnt.

import type { Agent } from '../../src/agents/agent.ts';
import { type AgentConfig, createAgent } from '../../src/agents/createAgent.ts';
import { Random } from '../../src/core/random.ts';
import { type Subject, subjectOf } from '../../src/insight/subject.ts';
import { loadKernels } from '../../src/kernels/kernels.ts';
import { Heap } from '../../src/network/heap.ts';
import type { Task } from '../../src/tasks/task.ts';

/** Everything that the reader of expressions has. */
export const SMALL = {
  name: 'pointer',
  hidden: 32,
  embedding: 16,
  encoder: 'gru',
  attention: true,
  pointer: true,
  feedback: 16,
  level: true,
  summary: true,
} as const satisfies AgentConfig;

export const smallHeap = async (): Promise<Heap> => new Heap(await loadKernels({ shared: false, wideTiles: false }));

/** With fresh weights, prepared. */
export function smallAgent(heap: Heap, task: Task, seed: number, config: AgentConfig = SMALL): Agent {
  const agent = createAgent(heap, task, config);
  agent.parameters.initialise(Random.stream(seed, 'initialisation'));
  agent.prepare();
  return agent;
}

/** Two agents of one shape with weights of their own: one is asked, the other is its untrained control. */
export async function smallSubject(task: Task, config: AgentConfig = SMALL): Promise<Subject> {
  const heap = await smallHeap();
  const [network, untrained] = [1, 2].map((seed) => smallAgent(heap, task, seed, config));
  return subjectOf({ task, network: network!, untrained: untrained!, seed: 0 });
}
