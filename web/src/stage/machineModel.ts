// A machine's state as it is drawn: what it computes with, what it keeps, what is still to be used. Machines describe
// themselves in label–value pairs; labels that are known have a place of their own.

import type { MachineState } from 'innerloop';
import { NOTHING } from '../engine/facets.ts';
import type { Shown } from '../engine/playing.ts';

const MAIN = ['accumulator', 'value', 'last'];
const KEPT = ['memory', 'stack', 'registers', 'memory flag'];
const LEFT = ['operands left', 'numbers left'];

export interface Field {
  readonly label: string;
  readonly value: string;
}

export interface MachineModel {
  /** What tokens compute with; `value` is empty where nothing is held. */
  readonly main: Field | undefined;
  readonly pending: Field | undefined;
  /** Cells, the last stored at the end; those that are empty are ''. */
  readonly kept: { readonly label: string; readonly cells: readonly string[] } | undefined;
  readonly left: { readonly label: string; readonly tokens: readonly string[] } | undefined;
  readonly others: readonly Field[];
}

/** Before the token at `at` acts; after the last one at the end. */
export const stateAt = ({ run: { steps } }: Shown, at: number): MachineState =>
  at < steps.length ? steps[at]!.before : (steps.at(-1)?.after ?? []);

export const plainly = (value: string): string => (value === NOTHING ? '' : value);

export function modelOf(state: MachineState): MachineModel {
  const find = (labels: readonly string[]): Field | undefined => {
    const pair = state.find(([label]) => labels.includes(label));
    return pair && { label: pair[0], value: plainly(pair[1]) };
  };
  const [kept, left] = [find(KEPT), find(LEFT)];
  const known = [...MAIN, ...KEPT, ...LEFT, 'pending'];
  return {
    main: find(MAIN),
    pending: find(['pending']),
    kept: kept && { label: kept.label, cells: kept.value === '' ? [] : kept.value.split(' | ').map(plainly) },
    left: left && { label: left.label, tokens: left.value === '' ? [] : left.value.split(' ') },
    others: state
      .filter(([label]) => !known.includes(label))
      .map(([label, value]) => ({ label, value: plainly(value) })),
  };
}

/** Whether the machine keeps something that could be emptied. */
export const keepsSomething = (state: MachineState): boolean =>
  modelOf(state).kept?.cells.some((cell) => cell !== '') ?? false;

/**
 * Which tokens of a context have been used up, by those that are left.
 * @param usable whether a token of the context can be used at all.
 */
export function usedOf(context: readonly string[], usable: readonly boolean[], left: readonly string[]): boolean[] {
  const rest = [...left];
  const used = context.map(() => false);
  // From the end: machines that read in order have the last ones left.
  for (let i = context.length - 1; i >= 0; i--) {
    if (!usable[i]) continue;
    const at = rest.lastIndexOf(context[i]!);
    if (at >= 0) rest.splice(at, 1);
    else used[i] = true;
  }
  return used;
}

/** Something that moves: between places of the machine (`main`, `kept`, `pending`) or from tokens (`context-3`). */
export interface Flight {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** What a token moved. @param consumed places of the context's tokens that it used up. */
export function flightsOf(
  before: MachineModel,
  after: MachineModel,
  token: { readonly symbol: string; readonly spot: string },
  consumed: readonly { readonly spot: string; readonly text: string }[],
): Flight[] {
  const flights: Flight[] = consumed.map(({ spot, text }) => ({ from: spot, to: 'main', text }));
  const [held, holds] = [before.main?.value ?? '', after.main?.value ?? ''];
  const cells = (model: MachineModel) => model.kept?.cells.filter((cell) => cell !== '') ?? [];
  const [had, has] = [cells(before), cells(after)].map((all) => all.map((cell) => cell.replace(' (recalled)', '')));
  const stored = has!.some((cell) => cell === held && !had!.includes(cell)) && held !== '';
  const recalled = had!.find((cell) => !has!.includes(cell)) ?? had!.find((cell) => holds === cell && held !== holds);
  if (stored) flights.push({ from: 'main', to: 'kept', text: held });
  if (recalled !== undefined && holds !== held && consumed.length === 0) {
    flights.push({ from: 'kept', to: 'main', text: recalled });
  }
  const pending = after.pending?.value ?? '';
  if (pending !== '' && pending !== before.pending?.value) {
    flights.push({ from: token.spot, to: 'pending', text: pending });
  }
  return flights;
}
