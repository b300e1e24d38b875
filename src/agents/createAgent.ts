// The agents by name. To add one: a file beside this one, its settings in the union, and one line here.

import type { Heap } from '../network/heap.ts';
import type { ParameterBlocks } from '../network/parameters.ts';
import type { Task } from '../tasks/task.ts';
import { ActorCritic, type ActorCriticConfig } from './actorCritic.ts';
import type { Agent } from './agent.ts';
import { PointerAgent, type PointerAgentConfig } from './pointerAgent.ts';
import { TransformerAgent, type TransformerAgentConfig } from './transformerAgent.ts';

export type AgentConfig = ActorCriticConfig | PointerAgentConfig | TransformerAgentConfig;

/** @param blocks parameter blocks of another thread's agent of the same task and config; new ones when absent. */
export function createAgent(heap: Heap, task: Task, config: AgentConfig, blocks?: ParameterBlocks): Agent {
  switch (config.name) {
    case 'recurrent':
      return new ActorCritic(heap, task, config, blocks);
    case 'pointer':
      return new PointerAgent(heap, task, config, blocks);
    case 'transformer':
      return new TransformerAgent(heap, task, config, blocks);
    default:
      return config satisfies never;
  }
}
