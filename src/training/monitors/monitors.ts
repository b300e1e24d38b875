// What a training's own numbers warn of while it goes on. Monitors only look: they draw from no stream that training
// draws from, and change no bit. Their state is in the checkpoint, so that a resumed run says what it would have said.

import { z } from 'zod';
import type { Agent } from '../../agents/agent.ts';
import type { Task } from '../../tasks/task.ts';
import type { Config } from '../configSchema.ts';
import type { EvaluationEvent, UpdateEvent, WarningEvent } from '../events.ts';
import { groupOf } from '../schedule.ts';
import { type AlarmState, ring, rings, SILENT } from './alarm.ts';
import { BlindnessMonitor, blindnessSchema } from './blindnessMonitor.ts';

/**
 * How often the usual gradient norm makes a spike. One alone is a batch of rare problems, which clipping turns into one
 * step of the usual kind; where training leaves its ground the gradient stays large, so that another is soon seen.
 */
export const SPIKE = 20;
/** Updates within which a second spike is told of. */
const SOON = 5;
/** Updates before a gradient norm counts as usual, and without a second spike until one is told of again. */
const CALM = 20;
/** Nats per token below which a policy explores no more. */
export const LEAST_ENTROPY = 0.01;
/** Share of the reward's size below which rewards count as all the same. */
export const LEAST_SPREAD = 1e-3;
/** Share of groups without spread from which on little is left to learn from. */
export const MOST_ZERO_SPREAD = 0.9;
/** Share solved from which on nothing is amiss when entropy or spread go to nothing. */
const GOOD = 0.9;
/** Updates in a row that make a collapse; and that nothing may be earned at all where rewards never differed yet. */
const PATIENCE = 20;
const BEGINNING = 200;
/** Share of the reward's size from which on rewards have differed. */
const SPREAD = 0.05;

const alarm = z.object({ run: z.int().min(0), on: z.boolean() }) satisfies z.ZodType<AlarmState>;
export const monitorSchema = z.object({
  /** The gradient's usual norm, and the updates that it was learnt from: since the highest level, `top`, was opened. */
  norm: z.object({
    usual: z.number(),
    seen: z.int().min(0),
    top: z.int().min(-1),
    /** `seen` at the last spike; absent before one. */
    spiked: z.int().min(0).optional(),
  }),
  /** Whether rewards ever differed. */
  spread: z.boolean(),
  alarms: z.record(z.string(), alarm),
  blindness: blindnessSchema,
});
export type MonitorState = z.output<typeof monitorSchema>;

interface Reading {
  readonly kind: 'gradientSpike' | 'entropyCollapse' | 'rewardSpreadCollapse' | 'zeroSpreadGroups';
  readonly bad: boolean;
  readonly value: number;
  readonly threshold: number;
  /** Worded only when it is said. */
  readonly message: () => string;
  readonly hint: string;
  /** Updates in a row that it must be bad. */
  readonly comes: number;
}

export class Monitors {
  private readonly config: Config;
  private readonly blindness: BlindnessMonitor;
  private norm: MonitorState['norm'] = { usual: 0, seen: 0, top: -1 };
  private spread = false;
  private alarms: Record<string, AlarmState> = {};

  constructor(task: Task, agent: Agent, config: Config) {
    this.config = config;
    this.blindness = new BlindnessMonitor(task, agent, config);
  }

  get state(): MonitorState {
    return { norm: this.norm, spread: this.spread, alarms: this.alarms, blindness: this.blindness.state };
  }

  set state(state: MonitorState) {
    this.norm = state.norm;
    this.spread = state.spread;
    this.alarms = state.alarms;
    if (state.blindness.levels.length === this.blindness.state.levels.length) this.blindness.state = state.blindness;
  }

  /** Looks at an update. */
  *updated(event: UpdateEvent): Generator<WarningEvent, void> {
    this.blindness.updated(event);
    const top = event.lanes.findLastIndex((lanes) => lanes > 0);
    // What is new moves much, and should.
    if (top > this.norm.top) this.norm = { usual: 0, seen: 0, top };
    for (const { bad, comes, message, ...reading } of this.readings(event)) {
      const before = this.alarms[reading.kind] ?? SILENT;
      const after = ring(before, bad, comes, CALM);
      if (after === before) continue;
      this.alarms = { ...this.alarms, [reading.kind]: after };
      if (!rings(before, after)) continue;
      yield { type: 'warning', update: event.update, severity: 'warning', message: message(), ...reading };
    }
    this.learnNorm(event.gradientNorm);
  }

  /** Looks at an evaluation. The agent must be prepared. */
  evaluated(event: EvaluationEvent): readonly WarningEvent[] {
    return this.blindness.evaluated(event);
  }

  private readings(event: UpdateEvent): Reading[] {
    const { entropy, gradientNorm, reward, rewardSpread, zeroSpreadGroups } = event;
    const solved = shareSolved(event);
    const amiss = solved < GOOD;
    // Where hindsight finds examples there is something to learn from, however little the rewards differ.
    const stuck = amiss && (event.hindsight?.examples ?? 0) === 0;
    const { seen, spiked, usual } = this.norm;
    const spike = seen >= CALM && usual > 0 ? gradientNorm / usual : 0;
    const again = spiked !== undefined && seen - spiked <= SOON;
    const size = Math.max(1, Math.abs(reward));
    this.spread ||= rewardSpread > SPREAD * size;
    const explored = () => `${percent(solved)} solved while exploring`;
    const readings: Reading[] = [
      {
        kind: 'gradientSpike',
        bad: spike > SPIKE && again,
        value: spike,
        threshold: SPIKE,
        message: () =>
          `the gradient's norm is ${gradientNorm.toPrecision(3)}, ${spike.toFixed(0)} times the usual ${usual.toPrecision(3)} (over ${SPIKE}), the second time within ${SOON} updates`,
        hint: 'clipping holds each of them; if it goes on, try a lower optimiser.rate or optimiser.clip',
        comes: 1,
      },
      {
        kind: 'entropyCollapse',
        bad: amiss && entropy < LEAST_ENTROPY,
        value: entropy,
        threshold: LEAST_ENTROPY,
        message: () =>
          `the policy explores no more: ${entropy.toPrecision(2)} nats a token (under ${LEAST_ENTROPY}) with ${explored()}`,
        hint: 'raise algorithm.uniform or algorithm.entropy, or let it fall later',
        comes: PATIENCE,
      },
      {
        kind: 'rewardSpreadCollapse',
        bad: stuck && rewardSpread < LEAST_SPREAD * size,
        value: rewardSpread,
        threshold: LEAST_SPREAD * size,
        message: () =>
          `all episodes earn the same: a spread of ${rewardSpread.toPrecision(2)} (under ${(LEAST_SPREAD * size).toPrecision(2)}) with ${explored()}, so there is nothing to learn from`,
        hint: 'explore more, begin with easier levels, or pay for parts of a solution',
        comes: this.spread ? PATIENCE : BEGINNING,
      },
    ];
    if (zeroSpreadGroups === undefined) return readings;
    const share = (zeroSpreadGroups * groupOf(this.config.algorithm)) / this.config.batch;
    readings.push({
      kind: 'zeroSpreadGroups',
      bad: stuck && share > MOST_ZERO_SPREAD,
      value: share,
      threshold: MOST_ZERO_SPREAD,
      message: () =>
        `${percent(share)} of the groups earn the same in all their episodes (over ${percent(MOST_ZERO_SPREAD)}) with ${explored()}, and teach nothing`,
      hint: 'explore more, begin with easier levels, or make the groups larger',
      comes: PATIENCE,
    });
    return readings;
  }

  /** A mean that forgets, of which a spike is three times the usual at the most. */
  private learnNorm(norm: number): void {
    const { seen, spiked, top, usual } = this.norm;
    const last = seen >= CALM && usual > 0 && norm > SPIKE * usual ? seen : spiked;
    const tamed = seen < 5 ? norm : Math.min(norm, 3 * usual);
    this.norm = {
      usual: usual + (tamed - usual) * Math.max(1 / CALM, 1 / (seen + 1)),
      seen: seen + 1,
      top,
      ...(last !== undefined && { spiked: last }),
    };
  }
}

/** Of all the lanes of an update. */
function shareSolved({ lanes, solved }: UpdateEvent): number {
  let [count, all] = [0, 0];
  for (const [level, of] of lanes.entries()) {
    all += of;
    count += of * (solved[level] ?? 0);
  }
  return count / all;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
