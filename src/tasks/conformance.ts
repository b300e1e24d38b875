// The task contract as a check that any task can be put through; it names the clause that is broken.

import { Random } from '../core/random.ts';
import { demand, same } from './demand.ts';
import { checkTelling } from './studyConformance.ts';
import { type Machine, type Problem, SPLITS, type StepOutput, stepOutput, type Task } from './task.ts';
import { checkThoughts } from './thoughtsConformance.ts';

export interface ConformanceOptions {
  /** Problems tried per level and split. Default 8. */
  readonly problems?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Whether training may see a problem of this task: checked on what it samples for training, and on its hindsight. */
  readonly trainable?: (problem: Problem) => boolean;
}

/** What one lane showed after one token (after `reset`: `action` is −1). Compared as JSON, number for number. */
interface Moment {
  readonly action: number;
  readonly reward: number;
  readonly discount: number;
  readonly observation: readonly number[];
  readonly legal: readonly number[];
  readonly solved: boolean;
  readonly describe: readonly (readonly [string, string])[];
}

/** A problem and the one future that its chosen tokens must have in any company. */
interface Episode {
  readonly problem: Problem;
  readonly moments: readonly Moment[];
}

/**
 * Puts `task` through its contract with random legal programs.
 * @throws Error with a sentence that names the broken clause.
 */
export function checkTask(task: Task, options: ConformanceOptions = {}): void {
  const { problems = 8, seed = 0, trainable = () => true } = options;
  checkShape(task);
  const sampled = checkSampling(task, problems, seed, trainable);
  for (const problem of sampled) checkContext(task, problem);
  const random = Random.stream(seed, 'policy');
  const episodes = sampled.map((problem) => playAlone(task, problem, random));
  checkCompany(task, episodes);
  checkClones(task, episodes);
  checkSaving(task, episodes);
  checkHindsight(task, episodes, seed, trainable);
  checkTeaching(task, sampled);
  const programOf = ({ moments }: Episode) => moments.slice(1).map(({ action }) => action);
  const played = episodes.map((episode) => ({ problem: episode.problem, program: programOf(episode) }));
  checkThoughts(task, played);
  checkTelling(task, played, seed);
}

const isCount = (value: number) => Number.isInteger(value) && value >= 1;

function checkShape(task: Task): void {
  const size = task.vocabulary.length;
  const isId = (id: number) => Number.isInteger(id) && id >= 0 && id < size;
  demand(task.name !== '' && task.title !== '', task, 'name and title are not empty');
  demand(size > 0, task, 'the vocabulary is not empty');
  demand(new Set(task.vocabulary.map(({ symbol }) => symbol)).size === size, task, 'symbols are all different');
  demand(isId(task.start), task, `start is a token id, not ${task.start}`);
  demand(isId(task.padding), task, `padding is a token id, not ${task.padding}`);
  demand(task.levels.length > 0, task, 'there is at least one level');
  demand(new Set(task.levels.map(({ name }) => name)).size === task.levels.length, task, 'level names differ');
  demand(isCount(task.contextLimit), task, 'contextLimit is an integer of at least 1');
  demand(isCount(task.programLimit), task, 'programLimit is an integer of at least 1');
  for (const { name, size: values } of task.observation) {
    demand(isCount(values), task, `observation field ${name} has at least one value`);
  }
}

function checkSampling(task: Task, count: number, seed: number, trainable: (problem: Problem) => boolean): Problem[] {
  const draw = () =>
    task.levels.flatMap((_, level) =>
      SPLITS.flatMap((split, part) => {
        const random = Random.stream(seed, 'task').fold(level * SPLITS.length + part);
        return Array.from({ length: count }, () => task.sample(level, split, random));
      }),
    );
  const first = draw();
  demand(same(first, draw()), task, 'sample is a pure function of its stream: the same stream gave another problem');
  first.forEach((problem, i) => {
    const level = Math.floor(i / (SPLITS.length * count));
    demand(problem.level === level, task, `a problem sampled at level ${level} says level ${problem.level}`);
    const split = SPLITS[Math.floor(i / count) % SPLITS.length]!;
    demand(split !== 'train' || trainable(problem), task, 'sample draws for training only what may be trained on');
    const clause = 'problems are plain data that survives structuredClone';
    demand(same(cloned(task, problem, clause), problem), task, clause);
  });
  return first;
}

function checkContext(task: Task, problem: Problem): void {
  const context = task.context(problem);
  const { length } = context;
  demand(
    length >= 1 && length <= task.contextLimit,
    task,
    `a context of ${length} is within 1 to ${task.contextLimit}`,
  );
  const size = task.vocabulary.length;
  for (const id of context) {
    demand(Number.isInteger(id) && id >= 0 && id < size, task, `a context holds token ids, not ${id}`);
  }
  demand(same(task.context(problem), context), task, 'context is a pure function of the problem');
  demand(task.describe(problem) !== '', task, 'describe says something');
}

/** Arrays full of what no machine may leave behind. */
function dirtyOutput(task: Task, rows: number): StepOutput {
  const out = stepOutput(task, rows);
  out.reward.fill(Number.NaN);
  out.discount.fill(Number.NaN);
  out.observation.fill(-1);
  out.legal.fill(255);
  return out;
}

/** Row `row` of `out` and what the machine says of `lane`, checked for range. */
function moment(task: Task, machine: Machine, lane: number, row: number, action: number, out: StepOutput): Moment {
  const fields = task.observation.length;
  const size = task.vocabulary.length;
  const result: Moment = {
    action,
    reward: out.reward[row]!,
    discount: out.discount[row]!,
    observation: Array.from(out.observation.subarray(row * fields, (row + 1) * fields)),
    legal: task.masked ? Array.from(out.legal.subarray(row * size, (row + 1) * size)) : [],
    solved: machine.solved(lane),
    describe: machine.describe(lane),
  };
  const { reward, discount, observation, legal, solved } = result;
  demand(Number.isFinite(reward), task, `every step writes a finite reward, not ${reward}`);
  demand(action >= 0 || discount === 1, task, `reset writes a discount of 1, not ${discount}`);
  demand(discount >= 0 && discount <= 1, task, `every step writes a discount from 0 to 1, not ${discount}`);
  observation.forEach((value, field) => {
    const { name, size: values } = task.observation[field]!;
    demand(value >= 0 && value < values, task, `observation ${name} is within 0 to ${values - 1}, not ${value}`);
  });
  demand(
    legal.every((value) => value <= 1),
    task,
    'a mask is written in full, with 0 and 1',
  );
  demand(!task.masked || discount === 0 || legal.includes(1), task, 'a mask leaves a running lane at least one token');
  demand(discount === 0 || !solved, task, 'solved is false while the episode runs');
  return result;
}

/** A legal token: half the time a tool, so that programs get somewhere. */
function choose(task: Task, legal: readonly number[], random: Random): number {
  const allowed = task.vocabulary.map((_, id) => id).filter((id) => !task.masked || legal[id] === 1);
  const tools = allowed.filter((id) => task.vocabulary[id]!.kind === 'tool');
  const pool = tools.length > 0 && random.below(2) === 1 ? tools : allowed;
  return pool[random.below(pool.length)]!;
}

function playAlone(task: Task, problem: Problem, random: Random): Episode {
  const machine = task.machine(1);
  const lane = Int32Array.of(0);
  let out = dirtyOutput(task, 1);
  machine.reset([problem], out);
  const moments = [moment(task, machine, 0, 0, -1, out)];
  while (moments.at(-1)!.discount > 0) {
    demand(moments.length <= task.programLimit, task, `every episode ends within ${task.programLimit} tokens`);
    const action = choose(task, moments.at(-1)!.legal, random);
    out = dirtyOutput(task, 1);
    machine.step(lane, Int32Array.of(action), out);
    moments.push(moment(task, machine, 0, 0, action, out));
  }
  const stepAgain = () => machine.step(lane, Int32Array.of(task.start), dirtyOutput(task, 1));
  demand(throws(stepAgain), task, 'stepping a lane after its episode ended throws');
  return { problem, moments };
}

function throws(run: () => void): boolean {
  try {
    run();
  } catch {
    return true;
  }
  return false;
}

/** The row orders that a caller may step its lanes in; `lanes` are those that still run. */
const ORDERS: Readonly<Record<string, (lanes: readonly number[]) => number[][]>> = {
  'in order': (lanes) => [[...lanes]],
  'in reverse': (lanes) => [lanes.toReversed()],
  'the odd ones first, in calls of their own': (lanes) => [
    lanes.filter((lane) => lane % 2 === 1),
    lanes.filter((lane) => lane % 2 === 0),
  ],
};

/** Steps every running lane by its episode's token `t`, and compares with what it showed alone. */
function advance(task: Task, machine: Machine, episodes: readonly Episode[], t: number, order: string): void {
  const live = episodes.map((_, lane) => lane).filter((lane) => episodes[lane]!.moments.length > t);
  for (const lanes of ORDERS[order]!(live)) {
    const actions = lanes.map((lane) => episodes[lane]!.moments[t]!.action);
    const out = dirtyOutput(task, lanes.length);
    machine.step(Int32Array.from(lanes), Int32Array.from(actions), out);
    lanes.forEach((lane, row) => {
      const shown = moment(task, machine, lane, row, actions[row]!, out);
      const clause = `a lane shows the same in any company: stepped ${order}, token ${t} came to something else`;
      demand(same(shown, episodes[lane]!.moments[t]), task, clause);
    });
  }
}

/** Puts all `episodes` into `machine`; compares the first state. */
function resetAll(task: Task, machine: Machine, episodes: readonly Episode[]): void {
  const out = dirtyOutput(task, episodes.length);
  machine.reset(
    episodes.map(({ problem }) => problem),
    out,
  );
  episodes.forEach(({ moments }, lane) => {
    const shown = moment(task, machine, lane, lane, -1, out);
    demand(same(shown, moments[0]), task, 'reset forgets what was before, and shows the same in any company');
  });
}

/** One machine is used for all, so that what an episode leaves behind would show. */
function checkCompany(task: Task, episodes: readonly Episode[]): void {
  const machine = task.machine(episodes.length);
  const companies = [episodes, episodes.toReversed(), episodes.slice(0, Math.ceil(episodes.length / 2))];
  for (const company of companies) {
    for (const order of Object.keys(ORDERS)) {
      resetAll(task, machine, company);
      for (let t = 1; t <= task.programLimit; t++) advance(task, machine, company, t, order);
      company.forEach(({ moments }, lane) => {
        const kept = machine.solved(lane) === moments.at(-1)!.solved;
        demand(kept, task, 'the verdict on an ended lane stays while others run on');
      });
    }
  }
}

function checkClones(task: Task, episodes: readonly Episode[]): void {
  const clones = episodes.map(({ problem, moments }) => ({ problem: structuredClone(problem), moments }));
  const machine = task.machine(clones.length);
  resetAll(task, machine, clones);
  for (let t = 1; t <= task.programLimit; t++) advance(task, machine, clones, t, 'in order');
}

/** Saves before every token, and goes on from there once more on the same machine and on a new one. */
function checkSaving(task: Task, episodes: readonly Episode[]): void {
  const machine = task.machine(episodes.length);
  const play = (on: Machine, from: number) => {
    for (let t = from; t <= task.programLimit; t++) advance(task, on, episodes, t, 'in order');
  };
  for (let cut = 1; cut <= task.programLimit; cut++) {
    resetAll(task, machine, episodes);
    for (let t = 1; t < cut; t++) advance(task, machine, episodes, t, 'in order');
    const saved = machine.save();
    const copy = cloned(task, saved, 'save answers plain data that survives structuredClone');
    play(machine, cut);
    for (const [state, on] of [
      [saved, machine],
      [copy, task.machine(episodes.length)],
    ] as const) {
      const replay = () => {
        on.restore(state);
        play(on, cut);
      };
      demand(
        !throws(replay),
        task,
        `restore goes back to what save answered (before token ${cut}): another future came`,
      );
    }
  }
}

/** Whether `program` solves `problem` with its last token, by legal tokens alone. */
function solves(task: Task, problem: Problem, program: readonly number[]): boolean {
  const machine = task.machine(1);
  let out = dirtyOutput(task, 1);
  machine.reset([problem], out);
  for (const [t, action] of program.entries()) {
    if (task.masked && out.legal[action] !== 1) return false;
    out = dirtyOutput(task, 1);
    machine.step(Int32Array.of(0), Int32Array.of(action), out);
    if (out.discount[0] === 0) return t === program.length - 1 && machine.solved(0);
  }
  return false;
}

function checkHindsight(
  task: Task,
  episodes: readonly Episode[],
  seed: number,
  trainable: (problem: Problem) => boolean,
): void {
  for (const [i, { problem, moments }] of episodes.entries()) {
    const program = moments.slice(1).map(({ action }) => action);
    const draw = () => task.hindsight?.(problem, program, Random.stream(seed, 'task').fold(i));
    const example = draw();
    demand(same(example, draw()), task, 'hindsight is a pure function of its stream');
    if (example === undefined) continue;
    demand(!moments.at(-1)!.solved, task, 'a program that solved its problem has no hindsight');
    const { level } = example.problem;
    const known = Number.isInteger(level) && level >= 0 && level < task.levels.length;
    demand(known, task, `a problem of hindsight is of a level of the task, not ${level}`);
    demand(solves(task, example.problem, example.program), task, 'a program of hindsight solves its problem');
    demand(trainable(example.problem), task, 'hindsight makes only what may be trained on');
    checkContext(task, example.problem);
    const clause = 'problems are plain data that survives structuredClone';
    demand(same(cloned(task, example.problem, clause), example.problem), task, clause);
  }
}

function checkTeaching(task: Task, sampled: readonly Problem[]): void {
  for (const problem of sampled) {
    const program = task.teach?.(problem);
    demand(program === undefined || solves(task, problem, program), task, 'a taught program solves its problem');
  }
}

function cloned(task: Task, value: unknown, clause: string): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(`task ${task.name}: ${clause}`);
  }
}
