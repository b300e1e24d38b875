// The script of both workers; the name that a worker was given is its role.

import './strict.ts';
import { play } from './player.ts';
import { trainer } from './trainer.ts';

/** Of a worker's global scope, what is used here. */
interface Scope {
  readonly name: string;
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
const post = (message: unknown, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);
const listen = scope.name === 'player' ? play(post) : trainer(post);
scope.onmessage = ({ data }) => listen(data);
