// Trains in a worker, as a page should: its own thread stays free.

import { carryOut, type Order } from './training.ts';

addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  try {
    postMessage({ outcome: await carryOut(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
