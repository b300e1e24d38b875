// What a player is asked about what stands in an agent's state, as plain data.

import type { Asking, Credited, GroupCredit, ReadEpisode, Reader, Reading, SteeringDirection } from 'innerloop';

/** An agent by the hash of its parameters, with its checkpoint for a player that has not met it. */
export interface Known {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** What probes of an agent found, with all controls. */
export type Probed = Omit<Reader, 'read'>;

export interface ProbeQuestions {
  /** Makes probes of a few hundred episodes: seconds, with progress. */
  probe: { readonly question: Known; readonly answer: Probed };
  /** Reads an episode with the probes of an agent; `undefined` where that has none. */
  read: {
    readonly question: { readonly hash: string; readonly episode: ReadEpisode };
    readonly answer: readonly (readonly Reading[])[] | undefined;
  };
  direct: {
    readonly question: Known & { readonly step: number; readonly asking: Asking; readonly answer: string };
    readonly answer: SteeringDirection | undefined;
  };
  credit: { readonly question: Known & { readonly own: Credited }; readonly answer: GroupCredit };
}

/** Told while something takes long: the share that is done, and what is being done. */
export type Tell = (done: number, what: string) => void;
