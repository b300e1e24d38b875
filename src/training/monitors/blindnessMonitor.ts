// Whether the agent looks at its problems: at some evaluations a few of them are shown each other's contexts.

import { z } from 'zod';
import type { Agent } from '../../agents/agent.ts';
import { Random } from '../../core/random.ts';
import { BLIND, ContextSwapper, type Swap } from '../../evaluation/blindness.ts';
import { symbols, type Task } from '../../tasks/task.ts';
import type { Config } from '../configSchema.ts';
import type { EvaluationEvent, UpdateEvent, WarningEvent } from '../events.ts';

/** Problems whose contexts are swapped. */
const LANES = 16;
/** Evaluations from one swap to the next, but for the first. */
const PERIOD = 10;
/** Swaps in a row without effect, on a level that gets no better, that make an agent blind. */
const PATIENCE = 4;
/** Share of greedy tokens that may change where it counts as none; agents that read change a third and more. */
export const LEAST_CHANGED = 0.05;
/** Share solved from which on a policy that does not look is enough. */
export const ENOUGH = 0.95;
/** By how much a level gets better. */
const BETTER = 0.05;

const levelSchema = z.object({
  /** Whether it was ever practised. */
  practised: z.boolean(),
  /** Swaps in a row without effect. */
  blind: z.int().min(0),
  /** Share solved when these began. */
  since: z.number(),
  /** Whether it was looked at when it was solved. */
  judged: z.boolean(),
  /** Whether it was warned of. */
  warned: z.boolean(),
});
export const blindnessSchema = z.object({
  /** Whether the agent was found to see nothing at all. */
  sightless: z.boolean(),
  /** Whether it was said what to think of one program being enough. */
  advised: z.boolean(),
  levels: z.array(levelSchema),
});
export type BlindnessState = z.output<typeof blindnessSchema>;

const HINT_READ = 'let every row see its own context (agent.context of row), and check what the context shows';
const HINT_ENOUGH =
  'fine for a task about tools; where reading is meant, the task does not ask for it (see innerloop audit)';
const HINT_STUCK = 'a curriculum from easier levels, more exploration, or an agent that can read (pointer) may help';

export class BlindnessMonitor {
  private readonly task: Task;
  private readonly agent: Agent;
  private readonly config: Config;
  private swapper: ContextSwapper | undefined;
  state: BlindnessState;

  constructor(task: Task, agent: Agent, config: Config) {
    this.task = task;
    this.agent = agent;
    this.config = config;
    const fresh = { practised: false, blind: 0, since: 0, judged: false, warned: false };
    this.state = { sightless: false, advised: false, levels: task.levels.map(() => fresh) };
  }

  updated({ lanes }: UpdateEvent): void {
    const levels = this.state.levels.map((level, i) =>
      lanes[i]! > 0 && !level.practised ? { ...level, practised: true } : level,
    );
    this.state = { ...this.state, levels };
  }

  /** The agent must be prepared. */
  evaluated({ levels: scores, update }: EvaluationEvent): readonly WarningEvent[] {
    const at = update / this.config.evaluation.every;
    const due = at === 1 || at % PERIOD === 0;
    const warnings: WarningEvent[] = [];
    for (const [i, level] of this.state.levels.entries()) {
      const { solved } = scores[i]!;
      // A level that is solved is looked at once.
      if (!level.practised || !(solved >= ENOUGH ? !level.judged : due)) continue;
      const swap = this.swap(i);
      if (!swap) continue;
      const warning = this.judge(i, swap, solved);
      if (warning) warnings.push({ type: 'warning', update, level: this.task.levels[i]!.name, ...warning });
    }
    return warnings;
  }

  private swap(level: number): Swap | undefined {
    this.swapper ??= new ContextSwapper(this.task, this.agent, LANES);
    // A stream of its own, and the same problems every time.
    const stream = Random.stream(this.config.seed, 'evaluation').fold(5).fold(level);
    return this.swapper.swap(
      Array.from({ length: LANES }, (_, i) => this.task.sample(level, 'validation', stream.fold(i))),
    );
  }

  private judge(
    index: number,
    swap: Swap,
    solved: number,
  ): Omit<WarningEvent, 'type' | 'update' | 'level'> | undefined {
    const { name } = this.task.levels[index]!;
    const level = this.state.levels[index]!;
    const put = (change: Partial<typeof level>): void => {
      this.state = { ...this.state, levels: this.state.levels.with(index, { ...level, ...change }) };
    };
    const unmoved = swap.changed <= LEAST_CHANGED;
    if (swap.shift <= BLIND && !this.state.sightless) {
      this.state = { ...this.state, sightless: true };
      return {
        severity: 'warning',
        kind: 'inputBlindness',
        value: swap.shift,
        threshold: BLIND,
        message: `the agent does not see its problem: with contexts swapped between lanes no log-probability moves by more than ${swap.shift === 0 ? 0 : swap.shift.toExponential(0)} (threshold ${BLIND})`,
        hint: HINT_READ,
      };
    }
    if (solved >= ENOUGH) {
      put({ judged: true, blind: 0 });
      if (level.judged || !unmoved || swap.programs > 1) return undefined;
      const { advised } = this.state;
      this.state = { ...this.state, advised: true };
      return {
        severity: 'note',
        kind: 'fixedProgram',
        value: swap.changed,
        threshold: LEAST_CHANGED,
        message: `level ${name}: one program is enough: ${symbols(this.task, swap.program).join(' ')} solves ${percent(solved)}, whatever the problem (in sight of another one ${percent(swap.changed)} of its tokens change)`,
        ...(!advised && { hint: HINT_ENOUGH }),
      };
    }
    if (!unmoved || solved > level.since + BETTER) {
      put({ blind: unmoved ? 1 : 0, since: solved, ...(!unmoved && { warned: false }) });
      return undefined;
    }
    const blind = level.blind + 1;
    const told = blind >= PATIENCE && !level.warned && !this.state.sightless;
    put({ blind, warned: level.warned || told });
    if (!told) return undefined;
    return {
      severity: 'warning',
      kind: 'inputBlindness',
      value: swap.changed,
      threshold: LEAST_CHANGED,
      message: `level ${name}: the agent does not look at its problem: with contexts swapped between lanes ${percent(swap.changed)} of its greedy tokens change (threshold ${percent(LEAST_CHANGED)}), and ${percent(solved)} is solved`,
      hint: HINT_STUCK,
    };
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
