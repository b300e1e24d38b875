// What a player is asked about agents at work, as plain data.

import type { Asking, Config, Level, Playthrough, Problem, Tampering, Token } from 'innerloop';

/** A problem: the one of that number among a level's test problems, or a person's own in the task's notation. */
export type Asked = Drawn | { readonly text: string };

export interface Drawn {
  readonly level: number;
  readonly index: number;
}

/** What is done to an agent before token number `step`, as `Intervention` but with problems by number. */
export type Touch =
  | { readonly kind: 'force' | 'ban'; readonly step: number; readonly token: number }
  | { readonly kind: 'memory'; readonly step: number; readonly how: Tampering }
  | { readonly kind: 'state' | 'context'; readonly step: number; readonly how: 'hide' }
  | { readonly kind: 'state' | 'context'; readonly step: number; readonly how: 'swap'; readonly problem: Drawn }
  | Steer;

/** The state pushed along the direction of a probe's answer, or, as a control, along a random one as far. */
export interface Steer {
  readonly kind: 'steer';
  readonly step: number;
  readonly asking: Asking;
  readonly answer: string;
  /** In standard deviations of states along the probe's direction. */
  readonly strength: number;
  readonly random: boolean;
}

/** As it is carried out: directions were made by probes. */
export type PlayedTouch =
  | Exclude<Touch, Steer>
  | { readonly kind: 'steer'; readonly step: number; readonly direction: Float32Array; readonly strength: number };

/** An agent that was opened, by the hash of its parameters, with what the page has to know of it. */
export interface AgentFacts {
  readonly hash: string;
  readonly update: number;
  readonly config: Config;
  readonly title: string;
  readonly vocabulary: readonly Token[];
  readonly levels: readonly Level[];
  readonly masked: boolean;
  /** Whether the machine is seen after each token. */
  readonly closed: boolean;
  /** A problem in the task's notation; absent where it has none. */
  readonly example?: string;
  /** Why something cannot be touched; absent where it can. */
  readonly unable: {
    readonly memory?: string;
    readonly state?: string;
    readonly context?: string;
    /** After the first token. */
    readonly lateContext?: string;
  };
}

/** A played problem. */
export interface Shown {
  readonly run: Playthrough;
  /** As the task has it: `routes` draws its links. */
  readonly problem: Problem;
  /** Symbols of a shortest program, or the cheapest way; absent where the task knows none. */
  readonly reference?: readonly string[];
  /** Of every number in `run`: equal prints are equal bits. */
  readonly print: string;
}

/** Something that is told of every step, and its values. */
export interface Facet {
  readonly name: string;
  readonly values: readonly string[];
  /** [points] index into `values`. */
  readonly of: Uint8Array;
}

/** Some problems of a level, played, and their states in two dimensions. */
export interface Survey {
  readonly level: number;
  readonly episodes: readonly {
    readonly index: number;
    readonly problem: string;
    /** Symbols that the agent is shown. */
    readonly context: readonly string[];
    readonly program: readonly string[];
    readonly solved: boolean;
  }[];
  /** [points] which episode, and which of its steps. */
  readonly episode: Uint16Array;
  readonly step: Uint16Array;
  /** [points, 2] */
  readonly places: Float32Array;
  readonly facets: readonly Facet[];
  readonly projection: Projection;
}

/** Principal components: a state's place is (state − mean) · axis. */
export interface Projection {
  /** [hidden] */
  readonly mean: Float32Array;
  /** [2][hidden] */
  readonly axes: readonly [Float32Array, Float32Array];
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
  /** [hidden] units in an order that puts like ones side by side. */
  readonly order: Uint16Array;
}

export interface PlayQuestions {
  /** Opens a checkpoint; a few stay open, the latest used. */
  open: { readonly question: { readonly bytes: Uint8Array; readonly name: string }; readonly answer: AgentFacts };
  play: {
    readonly question: { readonly hash: string; readonly asked: Asked; readonly touches: readonly PlayedTouch[] };
    readonly answer: Shown;
  };
  survey: {
    readonly question: { readonly hash: string; readonly level: number; readonly count: number };
    readonly answer: Survey;
  };
}
