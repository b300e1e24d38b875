// The parameters of a checkpoint by themselves.

import { readSafetensors, writeSafetensors } from 'innerloop';

/** Everything but what the optimiser and self-imitation remember. */
export function weightsOf(checkpoint: Uint8Array): Uint8Array<ArrayBuffer> {
  const { metadata, tensors } = readSafetensors(checkpoint, 'checkpoint');
  const weights = [...tensors].filter(([name]) => !/^(adam|self_imitation)\./.test(name));
  return writeSafetensors(new Map(weights), { config: metadata.config! }) as Uint8Array<ArrayBuffer>;
}
