// What the settings of an algorithm ask of the others, beyond what a schema can say.

import { InnerloopError } from '../core/errors.ts';
import type { Config } from './configSchema.ts';
import { groupOf, scheduleOf } from './schedule.ts';

/** @throws InnerloopError on combinations that cannot be. */
export function checkAlgorithm({ agent, algorithm, batch, hindsight, selfImitation }: Config): void {
  const group = groupOf(algorithm);
  if (batch % group !== 0) {
    throw invalid('batch', `a multiple of algorithm.group, ${group}`, `${batch}`, 'change either of them');
  }
  const { minibatches } = scheduleOf(algorithm);
  if (minibatches > batch) throw invalid('algorithm.minibatches', `at most the batch, ${batch}`, `${minibatches}`);
  if (minibatches > 1 && agent.name === 'recurrent' && agent.context !== 'row') {
    const expected = `1 with agent.context '${agent.context}', under which the rows of a batch see each other`;
    throw invalid('algorithm.minibatches', expected, `${minibatches}`, "set agent.context to 'row'");
  }
  if (hindsight.weight > 0 && hindsight.byAdvantage && algorithm.name !== 'imitation' && !hasCritic(algorithm)) {
    const hint = 'set hindsight.byAdvantage to false, or algorithm.valueWeight above 0';
    throw invalid('hindsight.byAdvantage', `false for ${algorithm.name} without a critic`, 'true', hint);
  }
  if (selfImitation.weight > 0 && !hasCritic(algorithm)) {
    const expected = `0 for ${algorithm.name} without a critic`;
    throw invalid('selfImitation.weight', expected, `${selfImitation.weight}`, 'set algorithm.valueWeight above 0');
  }
}

/** Whether an algorithm teaches the values anything. */
export function hasCritic(algorithm: Config['algorithm']): boolean {
  return algorithm.name !== 'imitation' && algorithm.valueWeight > 0;
}

function invalid(what: string, expected: string, received: string, hint?: string): InnerloopError {
  return new InnerloopError({ kind: 'invalid', what, expected, received, ...(hint === undefined ? {} : { hint }) });
}
