// What is said once when it comes, and again only after it was gone: an alarm with patience both ways.

/** Plain data, so that it goes into a checkpoint. */
export interface AlarmState {
  /** Times in a row that it was otherwise than it stands. */
  readonly run: number;
  readonly on: boolean;
}

export const SILENT: AlarmState = { run: 0, on: false };

/**
 * The next state. @param comes times in a row that it must be bad before it is said; `goes`: good, before it is over.
 */
export function ring(state: AlarmState, bad: boolean, comes: number, goes: number): AlarmState {
  if (bad === state.on) return state.run === 0 ? state : { run: 0, on: state.on };
  const run = state.run + 1;
  return run >= (state.on ? goes : comes) ? { run: 0, on: bad } : { run, on: state.on };
}

/** Whether it is to be said now. */
export const rings = (before: AlarmState, after: AlarmState): boolean => after.on && !before.on;
