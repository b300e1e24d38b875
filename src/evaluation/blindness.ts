// Whether an agent looks at its problem: the same programs on the same machines, but in sight of another problem's
// context. Whoever chooses the same all the same does not depend on what it was shown.

import type { Agent } from '../agents/agent.ts';
import { Rollout, type RolloutChoice } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import type { Problem, Task } from '../tasks/task.ts';

/** Change of a log-probability that rounding alone explains: who moves no more cannot see. */
export const BLIND = 1e-4;

/** What became of a policy when contexts were swapped, over the tokens of its own greedy programs. */
export interface Swap {
  /** Tokens looked at. */
  readonly tokens: number;
  /** Share of them that would no longer have been the likeliest. */
  readonly changed: number;
  /** Highest change of the log-probability of one of them. */
  readonly shift: number;
  /** Share of the problems that the greedy programs solve. */
  readonly solved: number;
  /** Different programs. */
  readonly programs: number;
  /** The first of them. */
  readonly program: readonly number[];
}

/** Swaps contexts between lanes; keeps its buffers, so that asking often costs no memory. */
export class ContextSwapper {
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly lanes: number;
  private readonly trajectories: Trajectories;
  private readonly rollout: Rollout;
  /** What a problem shows instead of its own context. */
  private readonly shown = new Map<Problem, readonly number[]>();

  /** @param lanes problems of one swap at the most. */
  constructor(task: Task, agent: Agent, lanes: number) {
    this.task = task;
    this.agent = agent;
    this.lanes = lanes;
    this.trajectories = new Trajectories(agent.heap, lanes, task.programLimit);
    const disguised = Object.create(task, {
      context: { value: (problem: Problem) => this.shown.get(problem) ?? task.context(problem) },
    }) as Task;
    const weights = new WeightGradients(agent.heap);
    this.rollout = new Rollout(disguised, agent, weights, this.trajectories, 0, lanes);
  }

  /**
   * Greedy programs on `problems`, all of one level, judged again with every context that of the next problem; machines,
   * and so masks and observations, stay. The agent must be prepared.
   * @returns `undefined` where all problems look the same: there is nothing to read.
   */
  swap(problems: readonly Problem[]): Swap | undefined {
    // One of those that look the same: then all the contexts stay in the batch, and every one goes elsewhere.
    const looks = new Map(problems.slice(0, this.lanes).map((problem) => [this.task.context(problem).join(), problem]));
    if (looks.size < 2) return undefined;
    const few = [...looks.values()];
    const contexts = few.map((problem) => this.task.context(problem));
    this.shown.clear();
    const own = this.play(few, { kind: 'greedy' });
    for (const [i, problem] of few.entries()) this.shown.set(problem, contexts[(i + 1) % few.length]!);
    const programs = own.map(({ program }) => program);
    const swapped = this.play(few, { kind: 'forced', programs });
    let [tokens, changed, shift, solved] = [0, 0, 0, 0];
    for (const [lane, { logProbs }] of own.entries()) {
      tokens += logProbs.length;
      if (own[lane]!.solved) solved++;
      for (const [t, logProb] of logProbs.entries()) {
        shift = Math.max(shift, Math.abs(logProb - swapped[lane]!.logProbs[t]!));
      }
    }
    for (const [t, { lanes, policy }] of this.rollout.steps.entries()) {
      const stride = policy.logits.width / 4;
      const logits = this.agent.heap.floats(policy.logits.at, lanes.length * stride);
      for (const [row, lane] of lanes.entries()) {
        const chosen = logits[row * stride + programs[lane]![t]!]!;
        for (let token = 0; token < this.task.vocabulary.length; token++) {
          if (logits[row * stride + token]! <= chosen) continue;
          changed++;
          break;
        }
      }
    }
    return {
      tokens,
      changed: changed / tokens,
      shift,
      solved: solved / few.length,
      programs: new Set(programs.map(String)).size,
      program: programs[0]!,
    };
  }

  private play(problems: readonly Problem[], choice: RolloutChoice) {
    this.rollout.run(problems, { choice, afterEnd: 'mask' });
    const { lengths, logProbs, solved, steps, tokens } = this.trajectories.arrays();
    return problems.map((_, lane) => {
      const [from, to] = [lane * steps, lane * steps + lengths[lane]!];
      return {
        program: Array.from(tokens.subarray(from, to)),
        logProbs: logProbs.slice(from, to),
        solved: solved[lane] === 1,
      };
    });
  }
}

/** Highest change of a log-probability of `problems`' greedy programs when each is played without the others. */
export function companyShift(task: Task, agent: Agent, problems: readonly Problem[]): number {
  const trajectories = new Trajectories(agent.heap, problems.length, task.programLimit);
  const rollout = new Rollout(task, agent, new WeightGradients(agent.heap), trajectories, 0, problems.length);
  const logProbs = (some: readonly Problem[], choice: RolloutChoice) => {
    rollout.run(some, { choice, afterEnd: 'mask' });
    const { lengths, logProbs, steps, tokens } = trajectories.arrays();
    return some.map((_, lane) => ({
      program: Array.from(tokens.subarray(lane * steps, lane * steps + lengths[lane]!)),
      logProbs: logProbs.slice(lane * steps, lane * steps + lengths[lane]!),
    }));
  };
  const together = logProbs(problems, { kind: 'greedy' });
  let shift = 0;
  for (const [lane, problem] of problems.entries()) {
    const { program, logProbs: before } = together[lane]!;
    const [alone] = logProbs([problem], { kind: 'forced', programs: [program] });
    for (const [t, logProb] of alone!.logProbs.entries()) shift = Math.max(shift, Math.abs(logProb - before[t]!));
  }
  return shift;
}
