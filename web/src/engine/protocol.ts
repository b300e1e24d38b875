// What the page and its workers say to each other. One script serves both roles, so that the library is loaded once.

import type { Ceiling, Config, Finding, LevelFigures, TrainEvent, TrainInput } from 'innerloop';
import type { PlayQuestions } from './playing.ts';
import type { ProbeQuestions } from './probing.ts';

/** A configuration by name and settings: what survives structured cloning. */
export type RunInput = Omit<TrainInput, 'task'> & {
  readonly task: string | { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };
};

/** Events of a training but for the bytes of checkpoints, which are sent when they are asked for. */
export type RunEvent = Exclude<TrainEvent, { type: 'checkpoint' }>;

/** Where a training stands. `paused`: between two updates. */
export type TrainerStatus = 'running' | 'paused' | 'finished';

/** How a training begins. */
interface Beginning {
  readonly run: number;
  readonly paused: boolean;
  readonly threads: number;
}

interface Until {
  /** The update after which to pause of itself. */
  readonly until?: number | undefined;
}

export type ToTrainer =
  /** Begins a training, from the start or from a checkpoint; whatever was going on before is dropped. */
  | ({ readonly type: 'start'; readonly input: RunInput } & Beginning & Until)
  | ({ readonly type: 'resume'; readonly checkpoint: Uint8Array } & Beginning)
  | ({ readonly type: 'run' } & Until)
  | { readonly type: 'pause' | 'step' }
  /** Asks for a checkpoint of the next moment between two updates. */
  | { readonly type: 'checkpoint' }
  /** Asks for a sign of life. */
  | { readonly type: 'ping' };

export type FromTrainer =
  | { readonly type: 'events'; readonly run: number; readonly events: readonly RunEvent[] }
  | { readonly type: 'status'; readonly run: number; readonly status: TrainerStatus }
  | {
      readonly type: 'checkpoint';
      readonly run: number;
      readonly update: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: 'failed'; readonly run: number; readonly message: string }
  | { readonly type: 'pong' };

/** What the player can be asked; each question has one answer. Those who show agents at work add theirs here. */
export interface PlayerQuestions extends PlayQuestions, ProbeQuestions {
  /** Exact bounds on the problems of `split` that a training is evaluated on, which may take some seconds. */
  ceilings: {
    readonly question: {
      readonly config: Pick<Config, 'evaluation' | 'seed' | 'task'>;
      readonly split: 'validation' | 'test';
    };
    readonly answer: readonly Ceiling[];
  };
  /** What a checkpoint is; `name` is what errors call it. */
  identity: {
    readonly question: { readonly bytes: Uint8Array; readonly name: string };
    readonly answer: { readonly config: Config; readonly hash: string; readonly update: number };
  };
  /** What is wrong with a task and an untrained agent, over all problems and programs: takes seconds. */
  audit: {
    readonly question: RunInput;
    readonly answer: { readonly levels: readonly LevelFigures[]; readonly findings: readonly Finding[] };
  };
}

export type PlayerQuestion = keyof PlayerQuestions;

export interface ToPlayer<Q extends PlayerQuestion = PlayerQuestion> {
  readonly id: number;
  readonly kind: Q;
  readonly question: PlayerQuestions[Q]['question'];
}

export type FromPlayer =
  | { readonly id: number; readonly answer: PlayerQuestions[PlayerQuestion]['answer'] }
  | { readonly id: number; readonly error: string }
  /** On the way to an answer that takes long. */
  | { readonly id: number; readonly done: number; readonly what: string };

export type Role = 'trainer' | 'player';
