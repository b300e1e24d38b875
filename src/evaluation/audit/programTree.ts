// Every fixed program of a task: the tokens of the whole vocabulary, up to the limit, with those that come to the same
// merged. A fixed program is blind: it sees neither its problem nor what the machine shows.

import type { Problem, Task } from '../../tasks/task.ts';
import { digest } from '../digest.ts';
import { Lanes, type LanesState } from './lanes.ts';

/** Programs that come to the same, by their first member. */
export interface ProgramNode {
  readonly token: number;
  readonly parent: ProgramNode | undefined;
  readonly depth: number;
  readonly children: ProgramNode[];
  /** Whether no episode goes on. */
  readonly complete: boolean;
  /** By bit the tokens that some member does without; of the first 31 tokens of kind `tool`. */
  without: number;
  /** Over all problems measured so far. */
  reward: number;
  solved: number;
}

/** Problems run at once: few enough that their states stay in the cache. */
const CHUNK = 4096;

/** The tool tokens that `ProgramNode.without` has bits for. */
export const tools = (task: Task): readonly number[] =>
  task.vocabulary.flatMap(({ kind }, id) => (kind === 'tool' ? [id] : [])).slice(0, 31);

export function programOf(node: ProgramNode): number[] {
  const program: number[] = [];
  for (let at: ProgramNode | undefined = node; at?.parent; at = at.parent) program.push(at.token);
  return program.reverse();
}

/** What one layer remembers while the next is made. */
interface Front {
  readonly node: ProgramNode;
  readonly state: LanesState;
}

/**
 * The tree of programs that differ on `problems`.
 * @returns `undefined` where there are more than `budget` of them.
 */
export function programTree(task: Task, problems: readonly Problem[], budget: number): ProgramNode | undefined {
  const lanes = new Lanes(task, problems);
  const bits = new Map(tools(task).map((token, bit) => [token, bit] as const));
  const all = bits.size === 31 ? 0x7fffffff : (1 << bits.size) - 1;
  const node = (token: number, parent: ProgramNode | undefined, complete: boolean): ProgramNode => {
    const bit = bits.get(token);
    const without = (parent?.without ?? all) & (bit === undefined ? -1 : ~(1 << bit));
    const depth = parent ? parent.depth + 1 : 0;
    return { token, parent, depth, children: [], complete, without, reward: 0, solved: 0 };
  };
  const root = node(-1, undefined, false);
  const ended = new Map<string, ProgramNode>();
  let front: Front[] = [{ node: root, state: lanes.save() }];
  let nodes = 1;
  for (let depth = 1; depth <= task.programLimit && front.length > 0; depth++) {
    const seen = new Map<string, Front>();
    for (const { node: parent, state } of front) {
      for (let token = 0; token < task.vocabulary.length; token++) {
        lanes.restore(state);
        lanes.step(token);
        const { earned, live, solved } = lanes;
        const complete = live.length === 0;
        const child = node(token, parent, complete);
        // What ran into the limit and solved nothing is told apart by what it earned alone: there is much of it.
        const lost = complete && depth === task.programLimit && solved.every((verdict) => verdict === 0);
        const after = lost ? undefined : lanes.save();
        const key = digest(after ? (complete ? [after.machine, earned, solved] : [after]) : [earned]);
        const twin = complete ? ended.get(key) : seen.get(key)?.node;
        if (twin) {
          twin.without |= child.without;
          continue;
        }
        if (++nodes > budget) return undefined;
        parent.children.push(child);
        if (complete) ended.set(key, child);
        else seen.set(key, { node: child, state: after! });
      }
    }
    front = [...seen.values()];
  }
  return root;
}

/** What `visit` is told of: a complete program on some of the problems. */
export interface Visit {
  readonly node: ProgramNode;
  readonly lanes: Lanes;
  /** The lanes' first problem, of all. */
  readonly first: number;
}

/** Plays every program of the tree on every problem; `visit` sees the complete ones. */
export function playTree(
  task: Task,
  root: ProgramNode,
  problems: readonly Problem[],
  visit: (visit: Visit) => void,
): void {
  for (let first = 0; first < problems.length; first += CHUNK) {
    const lanes = new Lanes(task, problems.slice(first, first + CHUNK));
    const descend = (node: ProgramNode): void => {
      if (node.complete) visit({ node, lanes, first });
      const state = node.children.length > 1 ? lanes.save() : undefined;
      for (const child of node.children) {
        if (state) lanes.restore(state);
        lanes.step(child.token);
        descend(child);
      }
    };
    descend(root);
  }
}
