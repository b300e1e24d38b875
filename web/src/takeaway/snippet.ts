// A program that loads the agent and has it answer a problem.

import type { Training } from 'innerloop';
import { nameOf } from './moment.ts';

export function snippetOf(training: Training): string {
  const { task } = training;
  const own = task.parse && task.example !== undefined;
  const problem = own ? JSON.stringify(task.example) : 'agent.problems(0, 1)[0]!';
  return `import { readFileSync } from 'node:fs';
import { openAgent } from 'innerloop';

const agent = await openAgent(readFileSync('${nameOf(training)}.safetensors'));
console.log(agent.hash);
console.log(agent.evaluate(0).solved); // of ${training.config.evaluation.testProblems} fresh problems of level ${task.levels[0]!.name}
console.log(agent.solve(${problem}).join(' '));
`;
}
