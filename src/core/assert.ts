// Assertions of the program's own invariants: a failure here is a bug in innerloop or in a user's task, not bad input.

/** @throws Error with `message` unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`innerloop: ${message}`);
}
