// What a task can tell about every moment of an episode, for probes that ask whether an agent's state knows it. Neither
// agents nor training see any of it.

/**
 * What a label speaks of: what is still to come, what the machine stands at, or a value that it holds. Planning is read
 * from the first alone.
 */
export const LABEL_KINDS = ['plan', 'state', 'value'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** A question with one of a few answers at every step. */
export interface Label {
  /** A few words, unique in the task: `memory to come`. */
  readonly name: string;
  /** Labels of one group are reported on together, as their mean; default the label by itself. */
  readonly group?: string;
  readonly kind: LabelKind;
  /** Its answers, for people. */
  readonly values: readonly string[];
}

/** An episode's answers. */
export interface Labelled {
  /**
   * [labels, steps] before every token of the program the index of the label's value, or −1 where it has none. A state
   * is that in which the token is chosen; what is to come includes that token.
   */
  readonly values: readonly (readonly number[])[];
  /**
   * [steps] what each token of the program is called by probes that look for tokens to come. Where names are drawn at
   * random a token should be called by what it refers to (`operand 2`), so that one name means one thing in all
   * problems.
   */
  readonly tokens: readonly string[];
  /** [labels of places, tokens of the context] indices of values, or −1 where a place has none. */
  readonly places?: readonly (readonly number[])[];
}

export interface Labels<P> {
  readonly labels: readonly Label[];
  /** Questions about the places of a context instead of the steps of a program: what becomes of this operand? */
  readonly places?: readonly Label[];
  /** Of any program, right or wrong, up to the end of its episode; a pure function. */
  of(problem: P, program: readonly number[]): Labelled;
  /**
   * What problems must differ in for a probe to be tried on others than those it was made from. Absent: the cluster of
   * the task's study or, without one, the context; at a level with fewer than twenty contexts the problem itself, by all
   * that it holds.
   */
  structure?(problem: P): string;
}
