// Recomputes PyTorch's reference data for the transformer: step by step and from its caches what PyTorch computes in one
// pass over whole sequences.

import type { Safetensors } from '../formats/safetensors.ts';
import { verifyAgent } from './agent.ts';
import { type Comparison, Reference } from './reference.ts';

/** Compares everything in a `transformer-agent.safetensors`; sizes come from the file. */
export async function verifyTransformer(file: Safetensors): Promise<Comparison[]> {
  const reference = new Reference(file);
  const agent = {
    name: 'transformer',
    hidden: reference.setting('hidden'),
    layers: reference.setting('layers'),
    heads: reference.setting('heads'),
    inner: reference.setting('inner'),
    level: true,
  } as const;
  const limits = { context: reference.setting('context'), program: reference.setting('program') };
  return verifyAgent(reference, 'transformer', agent, limits);
}
