// What fixed programs can reach, exactly: every program of a task's tools, run on every problem of a level.

import { assert } from '../core/assert.ts';
import { Random } from '../core/random.ts';
import { type Machine, type Problem, stepOutput, type Task } from '../tasks/task.ts';
import { digest } from './digest.ts';

export interface EnumerationOptions {
  /** All problems of one level. */
  readonly problems: readonly Problem[];
  /** The token that ends a program. */
  readonly answer: number;
  /** Most tools before the answer; one less than `task.programLimit` at most, so that the answer fits. */
  readonly maxTools: number;
  /** Tokens tried before the answer. Default: the vocabulary's tools. */
  readonly tools?: readonly number[];
  /**
   * Programs of one length that leave the machine in the same states on this many problems, drawn by a fixed lot, are
   * taken for the same. Default 512; the number of problems or more takes all, and the merging is exact.
   */
  readonly fingerprint?: number;
}

/** A program, the answer included, and what it comes to over all problems. */
export interface Ceiling {
  readonly program: readonly number[];
  /** Mean reward. */
  readonly reward: number;
  /** Share of problems solved. */
  readonly solved: number;
}

export interface Enumeration {
  /** Programs that were tried. */
  readonly programs: number;
  /** What was left of them to run on every problem. */
  readonly distinct: number;
  /** The highest mean reward; the first shortest program that earns it. */
  readonly bestReward: Ceiling;
  /** The highest share solved by one program; the first shortest program that reaches it. */
  readonly bestSolved: Ceiling;
  /** The same among programs that are wrong somewhere, if there are any. */
  readonly bestWrong: Ceiling | undefined;
  /** Every program that solves every problem, shortest first. */
  readonly alwaysRight: readonly (readonly number[])[];
  /** Share of problems that some program solves: a program chosen with the problem in sight. */
  readonly oracle: number;
}

/** Programs of one length that leave the same state behind: a node of the tree of their first members. */
interface Node {
  readonly programs: (readonly number[])[];
  readonly children: { readonly tool: number; readonly node: Node }[];
  reward: number;
  solved: number;
}

/** Problems run at once: few enough that their states stay in the cache. */
const CHUNK = 4096;

/**
 * Tries all programs of up to `maxTools` tools and the answer through the task's own machine. Rewards of a program are
 * summed over its tokens.
 */
export function enumeratePrograms(task: Task, options: EnumerationOptions): Enumeration {
  const { problems, answer, maxTools } = options;
  assert(problems.length > 0, 'enumeration needs at least one problem');
  assert(maxTools < task.programLimit, `${maxTools} tools and an answer exceed the limit of ${task.programLimit}`);
  const tools = options.tools ?? task.vocabulary.flatMap(({ kind }, id) => (kind === 'tool' ? [id] : []));
  const layers = mergedLayers(task, drawn(problems, options.fingerprint ?? 512), tools, maxTools);
  const nodes = layers.flat();
  let reached = 0;
  for (let from = 0; from < problems.length; from += CHUNK) {
    reached += measure(task, layers[0]![0]!, problems.slice(from, from + CHUNK), answer);
  }
  const total = problems.length;
  const ceiling = (node: Node): Ceiling => ({
    program: [...node.programs[0]!, answer],
    reward: node.reward / total,
    solved: node.solved / total,
  });
  const wrong = nodes.filter(({ solved }) => solved < total);
  const right = nodes.filter(({ solved }) => solved === total);
  return {
    programs: nodes.reduce((sum, node) => sum + node.programs.length, 0),
    distinct: nodes.length,
    bestReward: ceiling(highest(nodes, ({ reward }) => reward)),
    bestSolved: ceiling(highest(nodes, ({ solved }) => solved)),
    bestWrong: wrong.length > 0 ? ceiling(highest(wrong, ({ solved }) => solved)) : undefined,
    alwaysRight: right.flatMap((node) => node.programs.map((program) => [...program, answer])),
    oracle: reached / total,
  };
}

/**
 * Those of `programs` from which no tokens can be left out so that another of them remains, shortest first: without
 * this, one right program counts again with every token added that does nothing.
 */
export function irreducible(programs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const kept: (readonly number[])[] = [];
  for (const program of programs.toSorted((a, b) => a.length - b.length)) {
    if (!kept.some((shorter) => isWithin(shorter, program))) kept.push(program);
  }
  return kept;
}

/** Whether leaving tokens out of `longer` can give `shorter`. */
function isWithin(shorter: readonly number[], longer: readonly number[]): boolean {
  if (shorter.length >= longer.length) return false;
  let matched = 0;
  for (const token of longer) if (token === shorter[matched]) matched++;
  return matched === shorter.length;
}

/** `count` of `items` by lot, or all: even distances would keep the last digits of a list in order the same. */
function drawn<T>(items: readonly T[], count: number): readonly T[] {
  if (count >= items.length) return items;
  const random = Random.stream(0, 'evaluation');
  return Array.from({ length: count }, () => items[random.below(items.length)]!);
}

/** The first of the highest. */
function highest(nodes: readonly Node[], value: (node: Node) => number): Node {
  return nodes.reduce((best, node) => (value(node) > value(best) ? node : best));
}

/** The tree of distinct programs, one layer for each number of tools; merged by states on `problems`. */
function mergedLayers(task: Task, problems: readonly Problem[], tools: readonly number[], maxTools: number): Node[][] {
  const runner = batch(task, problems);
  const root: Node = { programs: [[]], children: [], reward: 0, solved: 0 };
  let layer = [{ node: root, state: runner.machine.save() }];
  const layers = [[root]];
  for (let length = 1; length <= maxTools; length++) {
    const seen = new Map<string, { node: Node; state: unknown }>();
    for (const { node, state } of layer) {
      for (const tool of tools) {
        runner.machine.restore(state);
        const rewards = runner.step(tool);
        const after = runner.machine.save();
        const programs = node.programs.map((program) => [...program, tool]);
        const key = digest([after, rewards]);
        const twin = seen.get(key);
        if (twin) {
          for (const program of programs) twin.node.programs.push(program);
          continue;
        }
        const child: Node = { programs, children: [], reward: 0, solved: 0 };
        node.children.push({ tool, node: child });
        seen.set(key, { node: child, state: after });
      }
    }
    layer = [...seen.values()];
    layers.push(layer.map(({ node }) => node));
  }
  return layers;
}

/** Adds what every node of the tree comes to on `problems`. @returns how many of them some node solves. */
function measure(task: Task, root: Node, problems: readonly Problem[], answer: number): number {
  const runner = batch(task, problems);
  const reachable = new Uint8Array(problems.length);
  const visit = (node: Node, earned: number) => {
    const state = node.children.length > 0 ? runner.machine.save() : undefined;
    node.reward += earned + sum(runner.step(answer));
    for (let lane = 0; lane < problems.length; lane++) {
      if (!runner.machine.solved(lane)) continue;
      node.solved++;
      reachable[lane] = 1;
    }
    for (const { tool, node: child } of node.children) {
      runner.machine.restore(state);
      visit(child, earned + sum(runner.step(tool)));
    }
  };
  visit(root, 0);
  return sum(reachable);
}

interface Batch {
  readonly machine: Machine;
  /** Applies one token to all lanes. @returns their rewards, valid until the next step. */
  step(action: number): Float32Array;
}

function batch(task: Task, problems: readonly Problem[]): Batch {
  const machine = task.machine(problems.length);
  const out = stepOutput(task, problems.length);
  const lanes = Int32Array.from(problems, (_, lane) => lane);
  const actions = new Int32Array(problems.length);
  machine.reset(problems, out);
  return {
    machine,
    step(action) {
      machine.step(lanes, actions.fill(action), out);
      return out.reward;
    },
  };
}

function sum(values: Iterable<number> & ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
