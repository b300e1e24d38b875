// The control that knows all an agent was shown, and computes nothing: its context and its tokens so far, as ones in a
// column for every token at every place.

import type { Task } from '../../tasks/task.ts';
import { SparseFeatures } from '../probes/features.ts';
import type { Recording } from './recording.ts';

/** What the control reads of an episode. */
type Seen = Pick<Recording, 'labels' | 'problem' | 'program' | 'shown'>;

/** Columns by what they stand for; numbered as they come in the episodes that probes are made from. */
export class InputColumns {
  private readonly task: Task;
  private readonly places = new Map<string, number>();
  private frozen = false;

  constructor(task: Task) {
    this.task = task;
  }

  /** Names the columns that are needed for `recordings` before token `step`. */
  learn(recordings: readonly Seen[], step: number): SparseFeatures {
    const rows = recordings.map((recording) => this.ones(recording, step));
    this.frozen = true;
    return SparseFeatures.of(rows, this.places.size + 1);
  }

  /** The same columns of other recordings; what never came before is left out. */
  of(recordings: readonly Seen[], step: number): SparseFeatures {
    return SparseFeatures.of(
      recordings.map((recording) => this.ones(recording, step)),
      this.places.size + 1,
    );
  }

  /**
   * Ones for the level; for every context token by place, what kind of token it is, and that together with the kind of
   * the next; for every token chosen so far by place, and what the task calls it free of names; for everything shown.
   */
  private ones({ labels, problem, program, shown }: Seen, step: number): number[] {
    const { task } = this;
    const ones: number[] = [];
    const put = (name: string): void => {
      let place = this.places.get(name);
      if (place === undefined && !this.frozen) {
        place = this.places.size;
        this.places.set(name, place);
      }
      if (place !== undefined) ones.push(place);
    };
    const kind = (token: number | undefined): string => {
      if (token === undefined) return 'end';
      const { kind, symbol } = task.vocabulary[token]!;
      return kind === 'operand' ? kind : symbol;
    };
    put(`level ${problem.level}`);
    const context = task.context(problem);
    for (const [place, token] of context.entries()) {
      put(`context ${place} ${token}`);
      if (task.vocabulary[token]!.kind === 'operand') put(`operand at ${place}`);
      put(`pair ${place} ${kind(token)} ${kind(context[place + 1])}`);
    }
    for (let t = 0; t < step; t++) {
      put(`token ${t} ${program[t]}`);
      const name = labels.tokens[t]!;
      if (name !== task.vocabulary[program[t]!]!.symbol) put(`called ${t} ${name}`);
    }
    for (let t = 0; t <= step; t++) {
      for (const [field, value] of (shown[t] ?? []).entries()) put(`shown ${t} ${field} ${value}`);
    }
    return ones;
  }
}
