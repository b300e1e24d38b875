// The machines of `expressions` by themselves, on one thread: shortest programs for problems of n ≤ 6 at equal shares are
// keyed in, 192 lanes at a time, lanes that have answered left out, masks written after each token. Driven over stdin and
// stdout: a line {"updates"} is answered by {"milliseconds": [one per pass over all problems], "steps": tokens in a pass}.

import { createInterface } from 'node:readline';
import { Random } from '../src/core/random.ts';
import { createTask } from '../src/tasks/table.ts';
import { type Problem, stepOutput } from '../src/tasks/task.ts';

const LANES = 192;
const BATCHES = 20;
const WARM_UP = 20;

const task = createTask('expressions');
const random = Random.stream(0, 'task');

/** One step of the lanes that go on, and what they key in. */
interface Move {
  readonly lanes: Int32Array;
  readonly tokens: Int32Array;
}

const batches = Array.from({ length: BATCHES }, (_, batch) => {
  const problems = Array.from({ length: LANES }, (_, lane) => {
    return task.sample(lane % task.levels.length, 'train', random.fold(batch * LANES + lane));
  });
  return { problems, moves: movesOf(problems.map((problem) => task.teach!(problem)!)) };
});
const steps = batches.reduce((sum, { moves }) => sum + moves.reduce((all, { lanes }) => all + lanes.length, 0), 0);
const machine = task.machine(LANES);
const out = stepOutput(task, LANES);

function movesOf(programs: readonly (readonly number[])[]): Move[] {
  const longest = Math.max(...programs.map(({ length }) => length));
  return Array.from({ length: longest }, (_, t) => {
    const lanes = Int32Array.from(programs.keys()).filter((lane) => t < programs[lane]!.length);
    return { lanes, tokens: lanes.map((lane) => programs[lane]![t]!) };
  });
}

/** Plays all batches; putting the problems in is part of it. @returns milliseconds. */
function play(): number {
  const before = performance.now();
  for (const { moves, problems } of batches) {
    machine.reset(problems as readonly Problem[], out);
    for (const { lanes, tokens } of moves) machine.step(lanes, tokens, out);
  }
  return performance.now() - before;
}

for (let i = 0; i < WARM_UP; i++) play();
if (!batches[BATCHES - 1]!.problems.every((_, lane) => machine.solved(lane)))
  throw new Error('a program does not solve');
console.log(JSON.stringify({ node: process.version, v8: process.versions.v8, lanes: LANES, masked: task.masked }));
for await (const line of createInterface({ input: process.stdin })) {
  const { updates } = JSON.parse(line) as { updates: number };
  console.log(JSON.stringify({ milliseconds: Array.from({ length: updates }, play), steps }));
}
process.exit(0);
