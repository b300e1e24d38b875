// What probes ask of an episode of `tutorial` and `calculator`: whether memory will be used, and what is held.

import { type DigitProblem, TOKEN } from './digitProblem.ts';
import type { Label, Labels } from './labels.ts';
import { stepOutput, type Task } from './task.ts';
import { VALUE_LABELS, valueLabels } from './valueLabels.ts';

const MEMORY: Label = { name: 'memory to come', kind: 'plan', values: ['no', 'yes'] };

/** @param task whose machine describes its accumulator, as a number where it holds one. */
export function digitLabels(task: Omit<Task<DigitProblem>, 'labels'>): Labels<DigitProblem> {
  const machine = task.machine(1);
  const out = stepOutput(task as Task, 1);
  const accumulator = (): number | undefined => {
    const shown = machine.describe(0).find(([label]) => label === 'accumulator')?.[1];
    return shown === undefined || shown === '–' ? undefined : Number(shown);
  };
  return {
    labels: [MEMORY, ...VALUE_LABELS],
    of(problem, program) {
      machine.reset([problem], out);
      const values = program.map((token) => {
        const before = accumulator();
        machine.step(Int32Array.of(0), Int32Array.of(token), out);
        return before;
      });
      const memory = program.map((_, step) => Number(program.includes(TOKEN.STO, step)));
      return {
        values: [memory, ...valueLabels(values)],
        tokens: program.map((token) => task.vocabulary[token]!.symbol),
      };
    },
  };
}
