/** Cores that stay free: one for the page itself, one for whoever plays problems on what is being trained. */
const FREE = 2;
/** More shard a batch of the usual size no further. */
const MOST = 4;

/** How many threads a training gets here. It changes no bit, only the time. */
export function threadsHere(): number {
  // Memory can be shared between workers only where the server isolates the page.
  return crossOriginIsolated ? Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - FREE)) : 1;
}
