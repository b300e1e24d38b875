// A page that trains on request, in a worker or on its own thread.

import { carryOut, type Order, type Outcome } from './training.ts';

declare global {
  interface Window {
    trainInWorker(order: Order): Promise<Outcome>;
    trainHere(order: Order): Promise<Outcome>;
  }
}

window.trainHere = carryOut;

window.trainInWorker = (order) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.outcome ? resolve(data.outcome) : reject(new Error(data.error)));
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker could not be loaded'));
  });
  worker.postMessage(order);
  return outcome.finally(() => worker.terminate());
};
