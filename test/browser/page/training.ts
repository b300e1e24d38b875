// What a page is asked to train, and what it answers.

import { type TrainInput, type TrainOptions, train } from 'innerloop';

export interface Order {
  readonly input: TrainInput & { readonly task: string };
  readonly options?: Omit<TrainOptions, 'signal'>;
}

export interface Outcome {
  readonly threads: number;
  readonly warnings: readonly string[];
  readonly hash: string;
  readonly updates: number;
  readonly solved: readonly number[];
  readonly seconds: number;
}

export async function carryOut({ input, options }: Order): Promise<Outcome> {
  let threads = 0;
  const warnings: string[] = [];
  for await (const event of train(input, options)) {
    if (event.type === 'started') threads = event.threads;
    if (event.type === 'warning' && event.severity !== 'note') warnings.push(event.message);
    if (event.type !== 'finished') continue;
    const { hash, levels, seconds, updates } = event;
    return { threads, warnings, hash, updates, solved: levels.map(({ solved }) => solved), seconds };
  }
  throw new Error('the training ended without saying so');
}
