// What curricula remember, as the plain data that stands in a checkpoint.

import { z } from 'zod';
import { assert } from '../core/assert.ts';

const count = z.int().min(0);
const counts = z.array(z.number().min(0));
/** [levels] lanes, and how many of them were solved. */
const talliesSchema = z.object({ lanes: counts, solved: counts });

/** The state of every curriculum; those of the first kinds have no name, as they were always written. */
export const curriculumStateSchema = z.union([
  /** `fixed`, `mastery`, `uniform`: levels 0 to `top` are open. */
  z.object({ top: count }),
  /** The last updates. */
  z.object({ name: z.literal('learningProgress'), updates: z.array(talliesSchema) }),
  /** Sums that fade from update to update. */
  z.object({ name: z.literal('learnability'), ...talliesSchema.shape }),
  /** The buffer, highest score first. */
  z.object({
    name: z.literal('replay'),
    problems: z.array(
      z.object({
        level: count,
        update: count,
        number: count,
        score: z.number().min(0),
        /** Tries, and how many of them were solved: sums that fade from one replay to the next. */
        tries: z.number().min(0),
        solved: z.number().min(0),
        /** The update at which the problem was last given. */
        seen: count,
      }),
    ),
  }),
]);

export type CurriculumState = z.output<typeof curriculumStateSchema>;
export type Tallies = z.output<typeof talliesSchema>;
type Name = Extract<CurriculumState, { readonly name: string }>['name'];
/** The state of the curriculum `N`. */
export type NamedState<N extends Name> = Extract<CurriculumState, { readonly name: N }>;

/** Whether the curriculum `name` may have left `state`. */
export function isStateOf(name: string, state: CurriculumState): boolean {
  return 'name' in state ? state.name === name : ['fixed', 'mastery', 'uniform'].includes(name);
}

/** `state` as that of the curriculum `name`. */
export function stateOf<N extends Name>(name: N, state: CurriculumState): NamedState<N> {
  assert(isStateOf(name, state), `the state is not that of curriculum ${name}`);
  return state as NamedState<N>;
}

/** Whether `state` speaks of no level beyond the last of `levels`. */
export function fits(state: CurriculumState, levels: number): boolean {
  if (!('name' in state)) return state.top < levels;
  const whole = (tallies: Tallies) => tallies.lanes.length === levels && tallies.solved.length === levels;
  switch (state.name) {
    case 'learningProgress':
      return state.updates.every(whole);
    case 'learnability':
      return whole(state);
    case 'replay':
      return state.problems.every(({ level }) => level < levels);
    default:
      return state satisfies never;
  }
}
