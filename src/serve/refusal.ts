// What a request is answered with when it cannot be done: a status and one sentence.

import { InnerloopError } from '../core/errors.ts';
import { errorCode, fileError } from '../runs/fileErrors.ts';

export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
  }
}

const GONE = ['ENOENT', 'ENOTDIR'];

/** `error` as a refusal; what the system says of a file keeps to the name that the client knows it by. */
export function asRefusal(error: unknown, name: string): Refusal {
  if (error instanceof Refusal) return error;
  const reason = reasonOf(error);
  if (reason === undefined) return new Refusal(500, 'the server could not answer this; its terminal says why');
  return new Refusal(GONE.includes(errorCode(error) ?? '') ? 404 : 422, `${name}: ${reason}`);
}

/** Why a file could not be used, without its path; `undefined` for what is not about a file. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message;
  const known = fileError('', error);
  return known instanceof InnerloopError && known.problem.kind === 'file' ? known.problem.reason : undefined;
}
