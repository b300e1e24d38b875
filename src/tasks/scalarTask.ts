// The scalar adapter: a small task written for one lane, with plain immutable state and tokens by their symbols,
// becomes a full `Task`.

import { assert } from '../core/assert.ts';
import type { Random } from '../core/random.ts';
import { notRunning } from './openLoopMachine.ts';
import { type ScalarLabel, scalarLabels } from './scalarLabels.ts';
import type { Level, Machine, ObservationField, Problem, Split, StepOutput, Task, TokenKind } from './task.ts';

/** What one token came to. */
export interface ScalarStep<S> {
  readonly state: S;
  /** Default 0. */
  readonly reward?: number;
  /** Whether the episode ends here; default false. `programLimit` ends it in any case. */
  readonly done?: boolean;
}

/** A task for one lane. `S` is plain data (structured-cloneable) that is replaced, never changed. */
export interface ScalarDefinition<P extends Problem, S, A extends string> {
  readonly name: string;
  /** One sentence for people. */
  readonly title: string;
  /** The vocabulary; a token's id is its place here. */
  readonly symbols: readonly A[];
  /** What tokens are to a reader. Default: `startSymbol` and `paddingSymbol` are control, all others tools. */
  readonly kinds?: { readonly [token in NoInfer<A>]?: TokenKind };
  /** Fed to the agent before its first own token. */
  readonly startSymbol: NoInfer<A>;
  /** Fills contexts shorter than their batch's longest. Default: `startSymbol`. */
  readonly paddingSymbol?: NoInfer<A>;
  /** The ladder of difficulty; a plain string is both name and goal. */
  readonly levels: readonly (Level | string)[];
  /** Longest context, in tokens. */
  readonly contextLimit: number;
  /** Steps after which every episode ends. */
  readonly programLimit: number;
  /** What the agent sees after each step. Default: nothing (an open loop). */
  readonly observation?: readonly ObservationField[];
  /** A problem; uses `random` and nothing else. Leave `split` aside where all splits are the same distribution. */
  sample(level: number, split: Split, random: Random): P;
  /** The symbols that the agent sees. */
  context(problem: P): readonly NoInfer<A>[];
  start(problem: P): S;
  step(state: S, action: NoInfer<A>, problem: P): ScalarStep<NoInfer<S>>;
  /** The exact verdict on an episode that ended in `state`. */
  solved(state: NoInfer<S>, problem: P): boolean;
  /** One integer for each field of `observation`. */
  observe?(state: NoInfer<S>, problem: P): readonly number[];
  /** The symbols that may be chosen; at least one. Default: all, and the task is not masked. */
  legal?(state: NoInfer<S>, problem: P): readonly NoInfer<A>[];
  /** The state for people. Default: as JSON. */
  describeState?(state: NoInfer<S>, problem: P): readonly (readonly [label: string, value: string])[];
  /** The problem in one line. */
  describe(problem: P): string;
  parse?(text: string, level?: number): P;
  /** What `innerloop insight` asks of every moment of an episode, beside the tokens to come. Default: nothing. */
  readonly labels?: readonly ScalarLabel<NoInfer<P>, NoInfer<S>, NoInfer<A>>[];
  /**
   * What problems must differ in for a probe to be tried on others than those it was made from. Default: their context
   * or, at a level with fewer than twenty contexts, all that they hold.
   */
  structure?(problem: P): string;
}

/** @throws Error when the definition contradicts itself, or later when it answers with an unknown symbol or value. */
export function scalarTask<P extends Problem, S, const A extends string>(
  definition: ScalarDefinition<P, S, A>,
): Task<P> {
  const { name, title, levels, contextLimit, programLimit, startSymbol, observation = [], kinds = {} } = definition;
  const paddingSymbol = definition.paddingSymbol ?? startSymbol;
  const ids = new Map<string, number>(definition.symbols.map((symbol, id) => [symbol, id]));
  assert(ids.size === definition.symbols.length, `task ${name}: a symbol stands twice in \`symbols\``);
  assert(
    observation.length > 0 === (definition.observe !== undefined),
    `task ${name}: \`observation\` and \`observe\` come together`,
  );

  function idOf(symbol: string): number {
    const id = ids.get(symbol);
    assert(id !== undefined, `task ${name}: '${symbol}' is not in \`symbols\``);
    return id;
  }

  function kindOf(symbol: A): TokenKind {
    const given = (kinds as Partial<Record<A, TokenKind>>)[symbol];
    return given ?? (symbol === startSymbol || symbol === paddingSymbol ? 'control' : 'tool');
  }

  const { labels = [], parse, structure } = definition;
  const asked = labels.length > 0 || structure !== undefined;
  return {
    name,
    title,
    vocabulary: definition.symbols.map((symbol) => ({ symbol, kind: kindOf(symbol) })),
    start: idOf(startSymbol),
    padding: idOf(paddingSymbol),
    levels: levels.map((level) => (typeof level === 'string' ? { name: level, goal: level } : level)),
    contextLimit,
    programLimit,
    observation,
    masked: definition.legal !== undefined,
    sample: (level, split, random) => definition.sample(level, split, random),
    context: (problem) => definition.context(problem).map(idOf),
    machine: (lanes) => scalarMachine(definition, lanes, idOf),
    describe: (problem) => definition.describe(problem),
    ...(parse && { parse: (text: string, level?: number) => definition.parse!(text, level) }),
    ...(asked && { labels: scalarLabels(definition, labels, structure && ((one) => definition.structure!(one))) }),
  };
}

/** All that a lane is. Replaced at every step, so that a snapshot is a copy of references. */
interface Lane<P, S> {
  readonly problem: P;
  readonly state: S;
  readonly steps: number;
  readonly running: boolean;
}

function scalarMachine<P extends Problem, S, A extends string>(
  definition: ScalarDefinition<P, S, A>,
  capacity: number,
  idOf: (symbol: string) => number,
): Machine<P> {
  const { symbols, programLimit, observation = [] } = definition;
  let lanes: readonly Lane<P, S>[] = [];

  function show(row: number, { problem, state, running }: Lane<P, S>, out: StepOutput): void {
    out.observation.set(definition.observe?.(state, problem) ?? [], row * observation.length);
    if (!definition.legal) return;
    // After the end everything is legal: nobody chooses, and no softmax meets an empty row.
    const mask = out.legal.subarray(row * symbols.length, (row + 1) * symbols.length).fill(running ? 0 : 1);
    if (running) for (const symbol of definition.legal(state, problem)) mask[idOf(symbol)] = 1;
  }

  function reset(problems: readonly P[], out: StepOutput): void {
    assert(problems.length <= capacity, `${problems.length} problems were put into a machine of ${capacity} lanes`);
    lanes = problems.map((problem) => ({ problem, state: definition.start(problem), steps: 0, running: true }));
    lanes.forEach((lane, row) => {
      out.reward[row] = 0;
      out.discount[row] = 1;
      show(row, lane, out);
    });
  }

  function step(laneOf: Int32Array, actions: Int32Array, out: StepOutput): void {
    const next = [...lanes]; // what `save` gave out stays as it was
    for (let row = 0; row < actions.length; row++) {
      const lane = next[laneOf[row]!];
      if (!lane?.running) throw new Error(notRunning(laneOf[row]!));
      const symbol = symbols[actions[row]!];
      assert(symbol !== undefined, `task ${definition.name}: ${actions[row]} is no token id`);
      const { state, reward = 0, done = false } = definition.step(lane.state, symbol, lane.problem);
      const steps = lane.steps + 1;
      const running = !done && steps < programLimit;
      const after = { problem: lane.problem, state, steps, running };
      next[laneOf[row]!] = after;
      out.reward[row] = reward;
      out.discount[row] = running ? 1 : 0;
      show(row, after, out);
    }
    lanes = next;
  }

  return {
    reset,
    step,
    solved(index) {
      const lane = lanes[index];
      return lane !== undefined && !lane.running && definition.solved(lane.state, lane.problem);
    },
    describe(index) {
      const lane = lanes[index];
      assert(lane !== undefined, `lane ${index} holds no problem`);
      return definition.describeState?.(lane.state, lane.problem) ?? [['state', JSON.stringify(lane.state)]];
    },
    save: () => lanes,
    restore(state) {
      assert(Array.isArray(state) && state.length <= capacity, 'the saved state is of another task or capacity');
      lanes = state as readonly Lane<P, S>[];
    },
  };
}
