// What a command's end means to the shell: exit codes, and the one sentence that goes with them.

import { CommanderError } from 'commander';
import { InnerloopError } from '../core/errors.ts';

export const EXIT = {
  success: 0,
  failure: 1,
  badInput: 2,
  interrupted: 130,
  terminated: 143,
  closedPipe: 141,
} as const;

/** Says on standard error what went wrong. @returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.success;
    say(oneLine(error.message.replace(/^error: /, '')));
    return EXIT.badInput;
  }
  if (error instanceof InnerloopError) {
    say(oneLine(error.message));
    return error.problem.kind === 'notFinite' ? EXIT.failure : EXIT.badInput;
  }
  if (isOutOfMemory(error)) {
    say('the training needs more memory than there is; lower batch or agent.hidden');
    return EXIT.badInput;
  }
  const trace = error instanceof Error ? error.stack : String(error);
  say(`this is a bug; please report it with what follows\n${trace}`);
  return EXIT.failure;
}

function say(sentence: string): void {
  process.stderr.write(`innerloop: ${sentence}\n`);
}

const oneLine = (text: string) => text.trim().replaceAll(/\s*\n\s*/g, ' ');

/** The kernels' memory could not grow: at 2 GiB, or where the machine has no more. */
const isOutOfMemory = (error: unknown) => error instanceof RangeError && /memory|allocation/i.test(error.message);
