// The problems of a level: all of them, by leading the task's own sampler through every choice that it has; or a sample.

import { Random } from '../../core/random.ts';
import type { Problem, Split, Task } from '../../tasks/task.ts';

/** Problems of one level and split. */
export interface Support {
  readonly problems: readonly Problem[];
  /** Whether these are all, each as likely as the next. */
  readonly exact: boolean;
}

/** Choices that a sampler is led through at the most before it is sampled instead. */
const MOST_CHOICES = 250_000;
/** Numbers that a sampler may draw for one problem before its level counts as empty. */
const MOST_DRAWS = 1_000_000;
/** Draws that one problem may take where all are listed. */
const LONGEST = 12;
/** Rejected beginnings that are looked at once more, to see that the sampler starts over. */
const CHECKED = 16;

/** The sampler wants a number that cannot be led. */
class Uncountable extends Error {}
/** The sampler draws more numbers than are wanted of it here. */
class Unfinished extends Error {}
/** Thrown very often, and so made once. */
const UNFINISHED = new Unfinished();

/** Answers the numbers of a script, and counts what is asked for. */
class Script extends Random {
  readonly asked: number[] = [];
  private readonly script: readonly number[];
  private readonly longest: number;

  constructor(script: readonly number[], longest: number) {
    super({ key: [0, 0], drawn: 0 });
    this.script = script;
    this.longest = longest;
  }

  override below(n: number): number {
    const at = this.asked.length;
    if (at >= this.longest) throw UNFINISHED;
    this.asked.push(n);
    return this.script[at] ?? 0;
  }

  override bits(): number {
    throw new Uncountable();
  }

  override fold(): Random {
    throw new Uncountable();
  }
}

/** A stream that ends a sampler which never comes to a problem. */
class Patient extends Random {
  private left = MOST_DRAWS;

  override bits(): number {
    if (this.left-- === 0) throw new Error(`its sampler drew ${MOST_DRAWS.toLocaleString('en-US')} numbers in vain`);
    return super.bits();
  }
}

/** `count` problems as training draws them. @throws what the sampler throws, and when it comes to no problem. */
export function sampled(task: Task, level: number, split: Split, count: number, stream: Random): Problem[] {
  const own = stream.fold(level).fold(['train', 'validation', 'test'].indexOf(split));
  return Array.from({ length: count }, (_, i) => task.sample(level, split, new Patient(own.fold(i).state)));
}

/** All problems of `level` in `split`, or `undefined` where they cannot be listed or are too many. */
export function everyProblem(task: Task, level: number, split: Split): readonly Problem[] | undefined {
  try {
    return listed((random) => task.sample(level, split, random));
  } catch (error) {
    if (error instanceof Uncountable || error instanceof Unfinished) return undefined;
    throw error;
  }
}

type Draw<T> = (random: Random) => T;

/**
 * Leads `draw` through all its choices. Samplers that reject (a problem of another split, say) and start over are
 * recognised: no beginning is followed beyond the draws that the shortest problem takes, and what was rejected must,
 * where it is looked at, go on to the same problems as the beginning did.
 */
function listed<T>(draw: Draw<T>): readonly T[] | undefined {
  const length = shortest(draw);
  const found = new Map<string, T>();
  const rejected: number[][] = [];
  let bounds: readonly number[] | undefined;
  const script = new Array<number>(length).fill(0);
  for (let choices = 0; ; choices++) {
    if (choices === MOST_CHOICES) return undefined;
    const random = new Script(script, length);
    try {
      const problem = draw(random);
      if (random.asked.length !== length) return undefined;
      found.set(script.join(), problem);
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      rejected.push([...script]);
    }
    bounds ??= random.asked;
    // Choices of differing numbers would not be equally likely.
    if (bounds.some((bound, i) => bound !== random.asked[i])) return undefined;
    let place = length - 1;
    while (place >= 0 && ++script[place]! === bounds[place]) script[place--] = 0;
    if (place < 0) break;
  }
  return startsOver(draw, found, rejected, bounds!) ? [...found.values()] : undefined;
}

/** Draws of the shortest problem, as far as a few beginnings show. */
function shortest<T>(draw: Draw<T>): number {
  const stream = Random.stream(0, 'evaluation');
  let length = LONGEST + 1;
  for (let i = 0; i < 64; i++) {
    const script = Array.from({ length: LONGEST }, (_, place) => stream.fold(i).fold(place).bits());
    const random = new (class extends Script {
      override below(n: number): number {
        super.below(n);
        return script[this.asked.length - 1]! % n;
      }
    })(script, LONGEST);
    try {
      draw(random);
      length = Math.min(length, random.asked.length);
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
    }
  }
  if (length > LONGEST) throw UNFINISHED;
  return length;
}

/** Whether what was rejected goes on as at the beginning: the same questions, answers and rejections. */
function startsOver<T>(
  draw: Draw<T>,
  found: ReadonlyMap<string, T>,
  rejected: readonly (readonly number[])[],
  bounds: readonly number[],
): boolean {
  const some = <U>(items: readonly U[]) => items.filter((_, i) => i % Math.ceil(items.length / CHECKED) === 0);
  const again = (script: readonly number[]): T | undefined => {
    const random = new Script(script, script.length);
    try {
      const problem = draw(random);
      return random.asked.join() === [...bounds, ...bounds].join() ? problem : undefined;
    } catch (error) {
      if (error instanceof Unfinished) return undefined;
      throw error;
    }
  };
  const beginnings = some(rejected);
  return beginnings.every(
    (beginning) =>
      beginnings.every((other) => again([...beginning, ...other]) === undefined) &&
      some([...found.keys()]).every((key) => {
        const problem = again([...beginning, ...key.split(',').map(Number)]);
        return problem !== undefined && JSON.stringify(problem) === JSON.stringify(found.get(key));
      }),
  );
}
