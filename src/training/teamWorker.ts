// A follower's thread: takes turns until it is told to leave. Runs as a Node worker thread and as a page's worker.

import { Heap } from '../network/heap.ts';
import { createTask } from '../tasks/table.ts';
import { Assignments } from './assignments.ts';
import { Learner } from './learner.ts';
import { Signals } from './signals.ts';
import { type Enlistment, Member } from './team.ts';

/** Serves the leader's turns, once it has posted that the first can come. */
export function start(message: unknown, post: (message: unknown) => void): void {
  const enlistment = message as Enlistment;
  const { addresses, config, image, thread, threads } = enlistment;
  const heap = new Heap(image);
  const task = createTask(config.task.name, config.task.options);
  const learner = new Learner(heap, task, config, addresses);
  const assignments = new Assignments(heap, config.batch, enlistment.assignments);
  const member = new Member(learner, assignments, task, config, thread, threads);
  const signals = new Signals(heap, enlistment.signals);
  let turn = 0;
  post('ready');
  for (;;) {
    const next = signals.await(turn);
    turn = next.turn;
    if (next.phase === 'leave') return;
    try {
      member.perform(next.phase, next.numbers);
    } catch (error) {
      signals.fail();
      throw error;
    }
    signals.done();
  }
}

// In a page's worker; Node calls `start` itself (kernels/node.ts).
if ('WorkerGlobalScope' in globalThis) {
  const scope = globalThis as unknown as { postMessage(message: unknown): void; onmessage: unknown };
  scope.onmessage = ({ data }: MessageEvent) => start(data, (answer) => scope.postMessage(answer));
}
