// The controls that know all an agent was shown, and compute nothing: its context and its tokens so far, as ones in a
// column for every token at every place, and for what stands together.

import type { Task } from '../../tasks/task.ts';
import { SparseFeatures } from '../probes/features.ts';
import type { Recording } from './recording.ts';

/** What the control reads of an episode. */
type Seen = Pick<Recording, 'labels' | 'problem' | 'program' | 'shown'>;

/** Columns by what they stand for; numbered as they come in the episodes that probes are made from. */
export class InputColumns {
  private readonly task: Task;
  private readonly together: boolean;
  private places: ReadonlyMap<string, number> = new Map();

  /**
   * @param together whether any two places of the context (not too far apart), and any three or four in a row, have columns of their own, by
   * what kinds of token they are: what a network can work out of two tokens, a probe of these can, too. There are
   * hundreds, so it is slow.
   */
  constructor(task: Task, together = false) {
    this.task = task;
    this.together = together;
  }

  /** Names the columns that tell some of `recordings` from others before token `step`. */
  learn(recordings: readonly Seen[], step: number): SparseFeatures {
    const rows = recordings.map((recording) => this.names(recording, step));
    const times = new Map<string, number>();
    for (const name of rows.flat()) times.set(name, (times.get(name) ?? 0) + 1);
    const telling = [...times].filter(([, count]) => count > 1 && count < rows.length);
    this.places = new Map(telling.map(([name], place) => [name, place]));
    return this.features(rows);
  }

  /** The same columns of other recordings; what never came before is left out. */
  of(recordings: readonly Seen[], step: number): SparseFeatures {
    return this.features(recordings.map((recording) => this.names(recording, step)));
  }

  private features(rows: readonly (readonly string[])[]): SparseFeatures {
    const ones = rows.map((names) => names.flatMap((name) => this.places.get(name) ?? []));
    return SparseFeatures.of(ones, this.places.size + 1);
  }

  /**
   * The columns that are one: for the level; for every context token by place, what kind of token it is, and that together
   * with the kind of the next; for every token chosen so far by place, and what the task calls it free of names; for
   * everything shown.
   */
  private names({ labels, problem, program, shown }: Seen, step: number): string[] {
    const { task } = this;
    const names: string[] = [];
    const put = (name: string) => names.push(name);
    const kind = (token: number): string => {
      const { kind, symbol } = task.vocabulary[token]!;
      return kind === 'operand' ? kind : symbol;
    };
    put(`level ${problem.level}`);
    const context = task.context(problem);
    const kinds = context.map(kind);
    for (const [place, token] of context.entries()) {
      put(`context ${place} ${token}`);
      if (task.vocabulary[token]!.kind === 'operand') put(`operand at ${place}`);
      put(`pair ${place} ${kinds[place]} ${kinds[place + 1] ?? 'end'}`);
      if (this.together) for (const name of company(kinds, place)) put(name);
    }
    for (let t = 0; t < step; t++) {
      put(`token ${t} ${program[t]}`);
      const name = labels.tokens[t]!;
      if (name !== task.vocabulary[program[t]!]!.symbol) put(`called ${t} ${name}`);
    }
    for (let t = 0; t <= step; t++) {
      for (const [field, value] of (shown[t] ?? []).entries()) put(`shown ${t} ${field} ${value}`);
    }
    return names;
  }
}

/** Places farther from each other have no column in common: contexts of links have a hundred. */
const FAR = 24;

/** A place with the later ones but the next, and with the two and three that follow it. */
function company(kinds: readonly string[], place: number): string[] {
  const at = (other: number) => kinds[other] ?? 'end';
  const names = [3, 4].map((count) => {
    const row = Array.from({ length: count }, (_, i) => at(place + i));
    return `${count} from ${place} ${row.join(' ')}`;
  });
  for (let other = place + 2; other <= Math.min(kinds.length, place + FAR); other++) {
    names.push(`apart ${place} ${at(place)} ${other} ${at(other)}`);
  }
  return names;
}
