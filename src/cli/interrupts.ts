// Ctrl-C and SIGTERM ask a training to stop with a checkpoint; a second one ends the process at once.

import { EXIT } from './failure.ts';

/** npm and a terminal's process group may deliver one key press twice; within this time two are one. */
const ONE_PRESS_MILLISECONDS = 300;

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: 129 } as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** The exit code of what stopped it, `undefined` while nothing has. */
  readonly code: number | undefined;
  /** Stops it as a signal would. */
  stop(code: number): void;
  /** Signals do again what they do by default, unless one has come: then the next ends the process. */
  release(): void;
}

/** Listens from now on. @param onStop called at the first signal. */
export function listenForInterrupts(onStop: () => void): Interrupts {
  const controller = new AbortController();
  let code: number | undefined;
  let first = 0;
  const stop = (newCode: number) => {
    code ??= newCode;
    controller.abort();
  };
  const handlers = Object.entries(CODES).map(([name, newCode]) => {
    const handler = () => {
      if (code === undefined) {
        first = performance.now();
        onStop();
        stop(newCode);
      } else if (performance.now() - first > ONE_PRESS_MILLISECONDS) process.exit(newCode);
    };
    process.on(name, handler);
    return () => void process.off(name, handler);
  });
  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    stop,
    release() {
      if (code === undefined) for (const off of handlers) off();
    },
  };
}
