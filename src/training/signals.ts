// How the threads of one update wait for each other: a turn that the leader opens, and a count of those who are done.

import type { Heap } from '../network/heap.ts';

/** Turns of the phases of an update. */
export const PHASES = ['rollOut', 'replay', 'runBack', 'reduce', 'apply', 'leave'] as const;
export type Phase = (typeof PHASES)[number];

const WORDS = { turn: 0, done: 1, phase: 2, failed: 3 };
const NUMBERS = 16;
/** Polls before a thread sleeps: phases follow each other within microseconds, and waking takes tens of them. */
const POLLS = 20_000;

/** Control words and the numbers that go with a phase, at one address for all threads. */
export class Signals {
  readonly at: number;
  private readonly heap: Heap;

  constructor(heap: Heap, at?: number) {
    this.heap = heap;
    this.at = at ?? heap.allocate(64 + NUMBERS * 8);
  }

  /** Leader: opens a turn for the followers, with up to 16 numbers. */
  open(phase: Phase, numbers: readonly number[]): void {
    const words = this.words();
    this.numbers().set(numbers);
    Atomics.store(words, WORDS.phase, PHASES.indexOf(phase));
    Atomics.store(words, WORDS.done, 0);
    Atomics.add(words, WORDS.turn, 1);
    Atomics.notify(words, WORDS.turn);
  }

  /** Leader: waits until `followers` threads are done. @throws Error when one of them failed. */
  close(followers: number): void {
    const words = this.words();
    for (let done = Atomics.load(words, WORDS.done); done < followers; done = Atomics.load(words, WORDS.done)) {
      if (Atomics.load(words, WORDS.failed) !== 0) throw new Error('innerloop: a training thread failed');
      this.pause(words, WORDS.done, done);
    }
  }

  /** Follower: waits for the turn after `turn`. */
  await(turn: number): { turn: number; phase: Phase; numbers: Float64Array } {
    const words = this.words();
    while (Atomics.load(words, WORDS.turn) === turn) this.pause(words, WORDS.turn, turn);
    return {
      turn: Atomics.load(words, WORDS.turn),
      phase: PHASES[Atomics.load(words, WORDS.phase)]!,
      numbers: this.numbers(),
    };
  }

  /** Follower: says that its part of the turn is done. */
  done(): void {
    const words = this.words();
    Atomics.add(words, WORDS.done, 1);
    Atomics.notify(words, WORDS.done);
  }

  /** Follower: says that it cannot go on. */
  fail(): void {
    const words = this.words();
    Atomics.store(words, WORDS.failed, 1);
    Atomics.notify(words, WORDS.done);
  }

  private pause(words: Int32Array, word: number, value: number): void {
    for (let i = 0; i < POLLS; i++) if (Atomics.load(words, word) !== value) return;
    // A second at the most, so that a follower that died without a word is noticed.
    Atomics.wait(words, word, value, 1000);
  }

  private words(): Int32Array {
    return this.heap.integers(this.at, 4);
  }

  private numbers(): Float64Array {
    return new Float64Array(this.heap.image.memory.buffer, this.at + 64, NUMBERS);
  }
}
