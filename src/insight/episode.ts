// One episode, token by token: what the agent saw, what it held likely and what the machine made of it.

import type { Agent } from '../agents/agent.ts';
import { Rollout, type RolloutChoice, type RolloutStep } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import { InnerloopError } from '../core/errors.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import { type Problem, stepOutput, symbols, type Task } from '../tasks/task.ts';

/** A machine's state for people, as label–value pairs. */
export type MachineState = readonly (readonly [label: string, value: string])[];

/** One token of an episode. */
export interface EpisodeStep {
  readonly token: string;
  /** Probability that the policy gave to the token. */
  readonly probability: number;
  /** The most probable tokens, highest first. */
  readonly top: readonly { readonly token: string; readonly probability: number }[];
  /** The return that the agent expected before the token. */
  readonly value: number;
  /** Entropy of the policy, in nats. */
  readonly entropy: number;
  /** What the machine paid for the token. */
  readonly reward: number;
  readonly before: MachineState;
  readonly after: MachineState;
}

/** A whole episode, as plain data. */
export interface Episode {
  readonly level: number;
  /** The level's name. */
  readonly name: string;
  /** The problem in one line. */
  readonly problem: string;
  /** Symbols that the agent saw. */
  readonly context: readonly string[];
  /** Symbols that it chose, up to the end of the episode. */
  readonly program: readonly string[];
  /** The exact verdict, which the reward is not. */
  readonly solved: boolean;
  /** Sum over the tokens. */
  readonly reward: number;
  readonly steps: readonly EpisodeStep[];
}

export interface TraceOptions {
  /** Token ids that the agent is made to choose; its own greedy choice when absent. */
  readonly program?: readonly number[];
  /** How many of the most probable tokens to keep; default 3. */
  readonly top?: number;
}

/** Plays one problem at a time; keeps its buffers, so that tracing often costs no memory. */
export class EpisodeTracer {
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly trajectories: Trajectories;
  private readonly rollout: Rollout;

  constructor(task: Task, agent: Agent) {
    this.task = task;
    this.agent = agent;
    this.trajectories = new Trajectories(agent.heap, 1, task.programLimit);
    this.rollout = new Rollout(task, agent, new WeightGradients(agent.heap), this.trajectories, 0, 1);
  }

  /** The agent must be prepared. @throws InnerloopError on a program that is empty, too long or of unknown tokens. */
  trace(problem: Problem, options: TraceOptions = {}): Episode {
    const { task, rollout } = this;
    const { program, top = 3 } = options;
    if (program) checkProgram(task, program);
    const choice: RolloutChoice = program ? { kind: 'forced', programs: [program] } : { kind: 'greedy' };
    rollout.run([problem], { choice, afterEnd: 'mask', ...(program ? { limit: program.length } : {}) });
    const all = this.trajectories.arrays();
    const length = all.lengths[0]!;
    const tokens = Array.from(all.tokens.subarray(0, length));
    const states = replay(task, problem, tokens);
    const steps = tokens.map((token, t): EpisodeStep => {
      const probabilities = this.distribution(rollout.steps[t]!);
      const order = probabilities.map((_, id) => id).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
      return {
        token: task.vocabulary[token]!.symbol,
        probability: probabilities[token]!,
        top: order.slice(0, top).map((id) => ({
          token: task.vocabulary[id]!.symbol,
          probability: probabilities[id]!,
        })),
        value: all.values[t]!,
        entropy: all.entropies[t]!,
        reward: all.rewards[t]!,
        before: states[t]!,
        after: states[t + 1]!,
      };
    });
    return {
      level: problem.level,
      name: task.levels[problem.level]!.name,
      problem: task.describe(problem),
      context: symbols(task, task.context(problem)),
      program: symbols(task, tokens),
      solved: all.solved[0] === 1,
      reward: steps.reduce((sum, { reward }) => sum + reward, 0),
      steps,
    };
  }

  /** π of the only row: exp(logit − log Σ exp). */
  private distribution({ policy }: RolloutStep): number[] {
    const { heap } = this.agent;
    const logits = heap.floats(policy.logits.at, this.task.vocabulary.length);
    const normaliser = heap.floats(policy.normaliser, 1)[0]!;
    return Array.from(logits, (logit) => Math.exp(logit - normaliser));
  }
}

/** The machine's state before the first token and after each. */
function replay(task: Task, problem: Problem, tokens: readonly number[]): MachineState[] {
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  const states = [machine.describe(0)];
  for (const token of tokens) {
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    states.push(machine.describe(0));
  }
  return states;
}

function checkProgram(task: Task, program: readonly number[]): void {
  const { length } = task.vocabulary;
  const known = program.every((token) => Number.isInteger(token) && token >= 0 && token < length);
  if (known && program.length >= 1 && program.length <= task.programLimit) return;
  throw new InnerloopError({
    kind: 'invalid',
    what: 'program',
    expected: `1 to ${task.programLimit} token ids from 0 to ${length - 1}`,
    received: `[${program.join(', ')}]`,
  });
}
