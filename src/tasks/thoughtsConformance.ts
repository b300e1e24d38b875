// The clauses of the task contract on thoughts: they are counted, and nothing else comes of them.

import { demand, same } from './demand.ts';
import { type Problem, stepOutput, type Task } from './task.ts';
import { acting } from './thoughts.ts';

/** Puts the thoughts of `task`, where it has any, through the contract, on legal programs. */
export function checkThoughts(
  task: Task,
  episodes: readonly { readonly problem: Problem; readonly program: readonly number[] }[],
): void {
  const { thoughts } = task;
  if (!thoughts) return;
  const { most, token } = thoughts;
  demand(task.vocabulary[token] !== undefined, task, `a thought is a token id, not ${token}`);
  demand(Number.isInteger(most) && most >= 0, task, `the most thoughts are an integer of at least 0, not ${most}`);
  for (const { problem, program } of episodes) {
    const taken = program.length - acting(task, program).length;
    demand(!task.masked || taken <= most, task, `a mask allows ${most} thoughts, and ${taken} were taken`);
    // What is not allowed may end the episode.
    if (taken > most) continue;
    const others = (steps: ReturnType<typeof play>) => steps.filter((step) => step.token !== token);
    const without = play(task, problem, acting(task, program));
    const clause = 'thoughts leave the machine as it is: without them the other tokens come to something else';
    demand(same(others(play(task, problem, program)), without), task, clause);
  }
}

/** What came of every token. */
function play(task: Task, problem: Problem, program: readonly number[]) {
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  return program.map((token) => {
    demand(out.discount[0] !== 0, task, 'thoughts do not keep an episode from its end');
    machine.step(Int32Array.of(0), Int32Array.of(token), out);
    const [discount, reward] = [out.discount[0]!, out.reward[0]!];
    // After the end nobody looks.
    const seen = discount > 0 ? [...out.observation] : [];
    return { token, reward, discount, seen, solved: machine.solved(0) };
  });
}
