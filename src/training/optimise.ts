// The optimiser steps of one update: passes over its batch, whole or in minibatches.

import { imitate } from '../algorithms/imitation.ts';
import type { LossReport, Objective } from '../algorithms/objective.ts';
import { type SelfImitationReport, selfImitate } from '../algorithms/selfImitation.ts';
import { InnerloopError } from '../core/errors.ts';
import type { Config } from './configSchema.ts';
import type { UpdateEvent } from './events.ts';
import { scheduleOf } from './schedule.ts';
import type { Team } from './team.ts';

/** What an update event tells of its losses. */
export type Optimised = Pick<
  UpdateEvent,
  | 'policyLoss'
  | 'valueLoss'
  | 'entropy'
  | 'zeroSpreadGroups'
  | 'surrogate'
  | 'hindsight'
  | 'selfImitation'
  | 'gradientNorm'
>;

interface Pass {
  readonly epoch: number;
  readonly losses: LossReport;
  readonly hindsight: UpdateEvent['hindsight'];
  readonly selfImitation: SelfImitationReport | undefined;
  readonly gradientNorm: number;
}

/**
 * Takes the steps of `update`, on the batch that was just rolled out.
 * @param before optimiser steps of the updates before. @returns how many there are now, and what the losses came to.
 * @throws InnerloopError when a loss or gradient is not finite.
 */
export function optimise(
  team: Team,
  config: Config,
  objective: Objective,
  update: number,
  before: number,
): { readonly steps: number; readonly told: Optimised } {
  const { epochs, minibatches, targetDivergence } = scheduleOf(config.algorithm);
  const passes: Pass[] = [];
  let divergence = 0;
  for (let i = 0; i < epochs * minibatches; i++) {
    const [epoch, minibatch] = [Math.floor(i / minibatches), i % minibatches];
    // The first pass over a whole batch has the rollout's own tape.
    if (minibatches > 1 || epoch > 0) team.replay(update, epoch, minibatch);
    const lanes = minibatches > 1 ? team.minibatch(update, epoch, minibatch) : undefined;
    const losses = objective.losses(team.learner.trajectories.arrays(), lanes);
    const hindsight = lookBack(team, config);
    const selfImitation = recall(team, config);
    assertFinite(update, {
      'the policy loss': losses.policyLoss,
      'the value loss': losses.valueLoss,
      'the entropy': losses.entropy,
      'the hindsight loss': hindsight?.crossEntropy ?? 0,
      'the self-imitation loss': selfImitation?.crossEntropy ?? 0,
    });
    divergence = losses.divergence ?? 0;
    if (i > 0 && targetDivergence !== null && divergence > targetDivergence) break;
    const gradientNorm = team.runBack(losses);
    assertFinite(update, { 'the gradient norm': gradientNorm });
    team.apply(gradientNorm, update, before + passes.length + 1);
    passes.push({ epoch, losses, hindsight, selfImitation, gradientNorm });
  }
  return { steps: before + passes.length, told: summary(passes, divergence) };
}

/** Writes hindsight's share of the losses. */
function lookBack(team: Team, { hindsight: { byAdvantage, weight } }: Config): UpdateEvent['hindsight'] {
  return weight > 0 ? imitate(team.learner.examples.arrays(), weight, byAdvantage) : null;
}

/** Writes self-imitation's share of the losses. */
function recall(team: Team, { selfImitation }: Config): SelfImitationReport | undefined {
  return selfImitation.weight > 0 ? selfImitate(team.learner.recalled.arrays(), selfImitation) : undefined;
}

/** Means over the passes; every example was in one pass of each epoch. */
function summary(passes: readonly Pass[], divergence: number): Optimised {
  const mean = (value: (pass: Pass) => number) => passes.reduce((sum, pass) => sum + value(pass), 0) / passes.length;
  const { hindsight, losses, selfImitation } = passes[0]!;
  const examples = passes.reduce((sum, pass) => sum + (pass.epoch === 0 ? (pass.hindsight?.examples ?? 0) : 0), 0);
  const { clippedShare, zeroSpreadGroups } = losses;
  return {
    policyLoss: mean((pass) => pass.losses.policyLoss),
    valueLoss: mean((pass) => pass.losses.valueLoss),
    entropy: mean((pass) => pass.losses.entropy),
    ...(zeroSpreadGroups === undefined ? {} : { zeroSpreadGroups }),
    ...(clippedShare === undefined
      ? {}
      : { surrogate: { steps: passes.length, clipped: mean((pass) => pass.losses.clippedShare!), divergence } }),
    hindsight: hindsight && { examples, crossEntropy: mean((pass) => pass.hindsight!.crossEntropy) },
    ...(selfImitation === undefined
      ? {}
      : {
          selfImitation: {
            episodes: selfImitation.episodes,
            better: mean((pass) => pass.selfImitation!.better),
            crossEntropy: mean((pass) => pass.selfImitation!.crossEntropy),
          },
        }),
    gradientNorm: mean((pass) => pass.gradientNorm),
  };
}

function assertFinite(update: number, terms: Readonly<Record<string, number>>): void {
  for (const [term, value] of Object.entries(terms)) {
    if (Number.isFinite(value)) continue;
    const hint = 'the last checkpoint is kept; train again with a lower optimiser.rate';
    throw new InnerloopError({ kind: 'notFinite', update, term, hint });
  }
}
