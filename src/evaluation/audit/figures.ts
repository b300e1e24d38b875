// What is known of a task's level before any training.

/** How a number was come by: over everything there is, by the task's own word, or as the best that was found. */
export type Method =
  | { readonly kind: 'exact'; readonly programs: number }
  /** The task's `teach` answers a program wherever there is one; what it answered was played. */
  | { readonly kind: 'taught' }
  /** No token changes what comes after it, so that the best of every step were chosen on so many problems. */
  | { readonly kind: 'stepwise'; readonly problems: number }
  | { readonly kind: 'search'; readonly tries: number };

/** What a player comes to, and how that is known. */
export interface Reached {
  readonly method: Method;
  /** Mean reward. */
  readonly reward: number;
  /** Share of problems solved. */
  readonly solved: number;
}

/** A program and what it comes to over the problems of a level. */
export interface Ceiling {
  /** Its symbols. */
  readonly program: readonly string[];
  /** Mean reward. */
  readonly reward: number;
  /** Share of problems solved. */
  readonly solved: number;
}

/** What fixed programs reach without one of the tools. */
export interface Ablation {
  readonly tool: string;
  readonly fixed: number;
  readonly inSight: number;
}

export interface LevelFigures {
  readonly level: number;
  readonly name: string;
  readonly goal: string;
  readonly problems: {
    readonly count: number;
    /** Whether these are all, each as likely as the next; else they are drawn. */
    readonly all: boolean;
  };
  /** Programs that see neither the problem nor the machine. Where a mask forbids a token they take another. */
  readonly fixed: {
    readonly method: Method;
    /** Earns most. */
    readonly bestReward: Ceiling;
    /** Solves most. */
    readonly bestSolved: Ceiling;
  };
  /** Most that is solved without sight of the problem, but seeing what the machine shows and which tokens are legal. */
  readonly blind: { readonly method: Method; readonly solved: number } | undefined;
  /**
   * Players without memory: they see the step, what the machine shows at the moment and which tokens are legal, but
   * neither the context nor anything before. `undefined` where it shows nothing.
   */
  readonly memoryless: { readonly bestReward: Reached; readonly bestSolved: Reached } | undefined;
  /** Programs chosen for each problem. */
  readonly inSight: {
    readonly method: Method;
    readonly problems: number;
    /** Share of problems that some program solves. */
    readonly solved: number;
    /** Share of those at which some wrong program earns more than every right one. */
    readonly wrongPays: number;
    /** The search that `wrongPays` rests on, and `solved` where there is no teacher; `undefined` where all were played. */
    readonly searched: { readonly problems: number; readonly width: number } | undefined;
  };
  /** What is left without one tool; empty where programs are too many to try all. */
  readonly without: readonly Ablation[];
  /** By what agents may lack, the share of problems that they could still solve: exact, as the task tells. */
  readonly ceilings: Readonly<Record<string, number>>;
  /** Whether some program solves some problems and not others. */
  readonly verdictDepends: boolean;
  /** Pairs of problems that look the same, and how many of them no one program was seen to solve both. */
  readonly alike: { readonly pairs: number; readonly apart: number };
  /** Of the test problems (their clusters, where the task has them), how many training may see too. */
  readonly leak: {
    readonly share: number;
    readonly all: boolean;
    /** Whether the task says that it holds something out here; `undefined` where it says nothing. */
    readonly declared: boolean | undefined;
  };
  /** Tools that another enables, and that forget all that was before: `[the one, the other]`. */
  readonly forgetful: readonly { readonly store: string; readonly recall: string; readonly states: number }[];
}
