// One episode, token by token: what the agent saw, what it held likely and what the machine made of it.

import type { Agent } from '../agents/agent.ts';
import { InnerloopError } from '../core/errors.ts';
import { type Problem, symbols, type Task } from '../tasks/task.ts';
import { type Donor, hooksOf, type Intervention, isSwap, unable } from './interventions.ts';
import { Playback } from './playback.ts';

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

/** One token of an episode, with all that can be seen of the network. */
export interface ObservedStep extends EpisodeStep {
  /** What the token is called in the vocabulary's order. */
  readonly id: number;
  /** [vocabulary] the policy. */
  readonly probabilities: Float32Array;
  /** [context] where the agent looked; absent for one that does not look. */
  readonly attention?: Float32Array;
  /** [hidden] the agent's state before the token. */
  readonly state: Float32Array;
}

/** An episode in the open. */
export interface Playthrough extends Omit<Episode, 'steps'> {
  /** [hidden] the state that the program begins with. */
  readonly initial: Float32Array;
  readonly steps: readonly ObservedStep[];
}

export interface TraceOptions {
  /** Token ids that the agent is made to choose; its own greedy choice when absent. */
  readonly program?: readonly number[];
  /** How many of the most probable tokens to keep; default 3. */
  readonly top?: number;
}

export interface ObserveOptions {
  /** What is done to the agent while it plays. */
  readonly interventions?: readonly Intervention[];
  /** How many of the most probable tokens to keep; default 3. */
  readonly top?: number;
  /** Times that the agent takes in the start token once more before its first token; default 0. */
  readonly blanks?: number;
}

/** Plays one problem at a time; keeps its buffers, so that tracing often costs no memory. */
export class EpisodeTracer {
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly playback: Playback;

  constructor(task: Task, agent: Agent) {
    this.task = task;
    this.agent = agent;
    this.playback = new Playback(task, agent, 1);
  }

  /** The agent must be prepared. @throws InnerloopError on a program that is empty, too long or of unknown tokens. */
  trace(problem: Problem, { program, top = 3 }: TraceOptions = {}): Episode {
    if (program) checkProgram(this.task, program);
    const forced = program?.map((token, step): Intervention => ({ kind: 'force', step, token })) ?? [];
    const { initial: _, steps, ...rest } = this.play(problem, { interventions: forced, top }, program?.length);
    return { ...rest, steps: steps.map(({ attention: _1, id: _2, probabilities: _3, state: _4, ...step }) => step) };
  }

  /**
   * Greedy play, with `interventions`. The agent must be prepared.
   * @throws InnerloopError on an intervention that this agent or machine does not allow, or of unknown tokens.
   */
  observe(problem: Problem, options: ObserveOptions = {}): Playthrough {
    checkInterventions(this.task, this.agent, options.interventions ?? []);
    return this.play(problem, options);
  }

  private play(problem: Problem, options: ObserveOptions, limit?: number): Playthrough {
    const { playback, task } = this;
    const { blanks = 0, interventions = [], top = 3 } = options;
    const donors = this.donors(interventions);
    const steps: ObservedStep[] = [];
    const states: MachineState[] = [];
    let initial = new Float32Array(0);
    const hooks = hooksOf(interventions, (from) => donors.get(from)!);
    const [played] = playback.play([problem], {
      choice: { kind: 'greedy' },
      blanks,
      extra: [...donors.keys()].map((from) => ({ context: task.context(from), level: from.level })),
      ...(limit !== undefined && { limit }),
      hooks: {
        ...hooks,
        encoded(view) {
          hooks.encoded(view);
          initial = view.state(0).slice();
        },
        machine(view) {
          hooks.machine(view);
          // A memory that was tampered with shows in the state before the token.
          states[view.step] = view.machine.describe(0);
        },
        record: (view) => {
          const { length } = steps;
          const [id, probabilities, attention] = [view.token(0), view.probabilities(0), view.attention(0)?.slice()];
          const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
          steps.push({
            id,
            token: task.vocabulary[id]!.symbol,
            probability: probabilities[id]!,
            top: order.slice(0, top).map((other) => ({
              token: task.vocabulary[other]!.symbol,
              probability: probabilities[other]!,
            })),
            value: view.value(0),
            entropy: view.entropy(0),
            reward: 0,
            before: states[length]!,
            after: [],
            probabilities,
            ...(attention && { attention }),
            state: view.state(0).slice(),
          });
        },
        acted({ machine, out }) {
          const last = steps.length - 1;
          steps[last] = { ...steps[last]!, reward: out.reward[0]!, after: machine.describe(0) };
        },
      },
    });
    const { program, solved } = played!;
    return {
      level: problem.level,
      name: task.levels[problem.level]!.name,
      problem: task.describe(problem),
      context: symbols(task, task.context(problem)),
      program: symbols(task, program),
      solved,
      reward: steps.reduce((sum, { reward }) => sum + reward, 0),
      initial,
      steps: steps.slice(0, program.length),
    };
  }

  /** Plays the problems that something is taken from. */
  private donors(interventions: readonly Intervention[]): ReadonlyMap<Problem, Donor> {
    const problems = [...new Set(interventions.filter(isSwap).map(({ problem }) => problem))];
    return new Map(
      problems.map((problem, i) => {
        const { initial, steps } = this.play(problem, {});
        return [problem, { context: 1 + i, initial, states: steps.map(({ state }) => state) }];
      }),
    );
  }
}

function checkInterventions(task: Task, agent: Agent, interventions: readonly Intervention[]): void {
  const { length } = task.vocabulary;
  for (const one of interventions) {
    if ('token' in one && !(Number.isInteger(one.token) && one.token >= 0 && one.token < length)) {
      const expected = `a token id from 0 to ${length - 1}`;
      throw new InnerloopError({
        kind: 'invalid',
        what: `token to ${one.kind}`,
        expected,
        received: String(one.token),
      });
    }
    const inside = one.kind === 'state' || one.kind === 'context' || one.kind === 'steer';
    if (inside && agent.sequence) throw unable(`its ${one.kind}`, 'a transformer’s state is the whole sequence');
  }
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
