// The machine of `routes`: each place named is a try of the link that leads there from where the agent stands.

import { assert } from '../../core/assert.ts';
import { restoreColumns, saveColumns } from '../columns.ts';
import { breaks } from '../faults.ts';
import { notRunning } from '../openLoopMachine.ts';
import type { Machine, StepOutput } from '../task.ts';
import type { RouteProblem } from './graph.ts';
import { after, type Standing } from './greedy.ts';
import { MOST_PLACES, type RoutesOptions, tryLimit } from './options.ts';
import { failure, type Plan, planOf } from './plan.ts';
import { placeName, TOKEN, VOCABULARY_SIZE } from './vocabulary.ts';

/** What an agent sees after each token where links can fail. */
export const OBSERVATION = [
  { name: 'place', size: MOST_PLACES },
  /** No try yet or a thought, passed, failed. */
  { name: 'last try', size: 3 },
] as const;

/** How a journey went. */
export interface Journey extends Standing {
  readonly arrived: boolean;
  /** Paid so far, failures included. */
  readonly paid: number;
  /**
   * What the choices so far gave away: of each the least expected cost that goes on from it, less the least before it.
   * It is what was paid beyond the optimum with luck set aside: the same in expectation, and the same outright where no
   * link fails. Infinity once the goal is out of reach.
   */
  readonly lost: number;
}

/** A machine that also tells how a journey went, and what there was to know. */
export interface RouteMachine extends Machine<RouteProblem> {
  journey(lane: number): Journey;
  plan(lane: number): Plan;
}

const [IDLE, PASSED, FAILED] = [0, 1, 2];

/** A machine for `lanes` problems under `options`. */
export function routeMachine(lanes: number, options: RoutesOptions): RouteMachine {
  const limit = tryLimit(options);
  const running = new Uint8Array(lanes);
  const arrived = new Uint8Array(lanes);
  const tries = new Uint8Array(lanes);
  const thoughts = new Uint8Array(lanes);
  const place = new Uint8Array(lanes);
  const closed = new Uint8Array(lanes);
  const visited = new Int32Array(lanes);
  const last = new Uint8Array(lanes);
  const paid = new Int32Array(lanes);
  const lost = new Float64Array(lanes);
  const columns = [running, arrived, tries, thoughts, place, closed, visited, last, paid, lost];
  let problems: readonly RouteProblem[] = [];
  let plans: readonly Plan[] = [];

  function put(given: readonly RouteProblem[]): void {
    problems = [...given];
    plans = problems.map(planOf);
  }

  /** Index of the open link from where the agent stands to the place `to`, or −1. */
  function openLink(lane: number, to: number): number {
    const { between, bits } = plans[lane]!;
    const index = between(place[lane]!, to);
    return index >= 0 && (closed[lane]! & bits[index]!) === 0 ? index : -1;
  }

  /** @param legal of the lane, all 0. */
  function writeLegal(lane: number, legal: Uint8Array): void {
    for (let to = 0; to < MOST_PLACES; to++) if (!options.mask || openLink(lane, to) >= 0) legal[to] = 1;
    if (thoughts[lane]! < options.think) legal[TOKEN.THINK] = 1;
    // Where no link leads on, a place ends the episode.
    if (!legal.includes(1)) legal.fill(1, 0, MOST_PLACES);
  }

  function show(lane: number, row: number, out: StepOutput): void {
    const at = row * VOCABULARY_SIZE;
    // After the end everything is legal: nobody chooses, and no softmax meets an empty row.
    out.legal.fill(running[lane] === 1 ? 0 : 1, at, at + VOCABULARY_SIZE);
    if (running[lane] === 1) writeLegal(lane, out.legal.subarray(at, at + VOCABULARY_SIZE));
    if (!options.failing) return;
    out.observation[row * OBSERVATION.length] = place[lane]!;
    out.observation[row * OBSERVATION.length + 1] = last[lane]!;
  }

  function reset(given: readonly RouteProblem[], out: StepOutput): void {
    assert(given.length <= lanes, `${given.length} problems were put into a machine of ${lanes} lanes`);
    for (const column of columns) column.fill(0);
    put(given);
    for (const [lane, { start }] of problems.entries()) {
      running[lane] = 1;
      place[lane] = start;
      visited[lane] = 1 << start;
      out.reward[lane] = 0;
      out.discount[lane] = 1;
      show(lane, lane, out);
    }
  }

  const standing = (lane: number): Standing => ({
    place: place[lane]!,
    closed: closed[lane]!,
    visited: visited[lane]!,
  });

  /** Tries the link to the place `to`. @returns whether there is one that is open, within the limit of tries. */
  function go(lane: number, to: number): boolean {
    const problem = problems[lane]!;
    const plan = plans[lane]!;
    const now = standing(lane);
    const index = openLink(lane, to);
    if (index < 0) return false;
    const link = problem.links[index]!;
    const fails = breaks(problem.chance, tries[lane]!, failure(link));
    const least = plan.cost(now.place, now.closed);
    if (least < Number.POSITIVE_INFINITY) lost[lane]! += plan.costBy(index, now.closed) - least;
    paid[lane]! += link.price;
    const next = after(problem, plan, now, index, fails);
    place[lane] = next.place;
    closed[lane] = next.closed;
    visited[lane] = next.visited;
    last[lane] = fails ? FAILED : PASSED;
    arrived[lane] = next.place === problem.goal ? 1 : 0;
    return ++tries[lane]! < limit && arrived[lane] === 0;
  }

  /** Applies one token. @returns whether the journey goes on. */
  function act(lane: number, token: number): boolean {
    if (token < MOST_PLACES) return go(lane, token);
    last[lane] = IDLE;
    return token === TOKEN.THINK && thoughts[lane]!++ < options.think;
  }

  /**
   * Least ÷ (least + lost) on arrival: 1 for the optimum. Luck is no merit. Elsewhere, with the weight `partial`, how
   * much nearer to the goal the journey ended than it began, by the least cost that is left.
   */
  function earned(lane: number): number {
    const least = plans[lane]!.cost(problems[lane]!.start, 0);
    if (arrived[lane] === 1) return least / (least + lost[lane]!);
    return options.partial * Math.max(0, 1 - plans[lane]!.cost(place[lane]!, closed[lane]!) / least);
  }

  function step(laneOf: Int32Array, actions: Int32Array, out: StepOutput): void {
    for (let row = 0; row < actions.length; row++) {
      const lane = laneOf[row]!;
      if (running[lane] !== 1) throw new Error(notRunning(lane));
      const token = actions[row]!;
      running[lane] = act(lane, token) ? 1 : 0;
      const ended = running[lane] === 0;
      out.discount[row] = ended ? 0 : 1;
      out.reward[row] = (ended ? earned(lane) : 0) - (token === TOKEN.THINK ? options.thinkPrice : 0);
      show(lane, row, out);
    }
  }

  function describe(lane: number): readonly (readonly [string, string])[] {
    const { links } = problems[lane]!;
    const shut = links.filter((_, index) => (closed[lane]! & plans[lane]!.bits[index]!) !== 0);
    return [
      ['place', placeName(place[lane]!)],
      ['paid', String(paid[lane])],
      ...(options.think > 0 ? [['thoughts', String(thoughts[lane])] as const] : []),
      ...(options.failing
        ? [['closed', shut.map(({ from, to }) => `${placeName(from)}>${placeName(to)}`).join(' ') || '–'] as const]
        : []),
    ];
  }

  return {
    reset,
    step,
    solved: (lane) => arrived[lane] === 1 && lost[lane] === 0,
    describe,
    journey: (lane) => ({
      ...standing(lane),
      arrived: arrived[lane] === 1,
      paid: paid[lane]!,
      lost: lost[lane]!,
    }),
    plan: (lane) => plans[lane]!,
    save: () => ({ problems, columns: saveColumns(columns) }),
    restore(state) {
      const saved = state as { problems: readonly RouteProblem[]; columns: unknown };
      restoreColumns(columns, saved.columns);
      put(saved.problems);
    },
  };
}
