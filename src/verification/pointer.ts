// Recomputes PyTorch's reference data for the pointer agent, with either encoder.

import type { Safetensors } from '../formats/safetensors.ts';
import { verifyAgent } from './agent.ts';
import { type Comparison, Reference } from './reference.ts';

/** Compares everything in a `pointer-agent.safetensors`; sizes come from the file. */
export async function verifyPointer(file: Safetensors): Promise<Comparison[]> {
  const reference = new Reference(file);
  const sizes = {
    hidden: reference.setting('hidden'),
    embedding: reference.setting('embedding'),
    feedback: reference.setting('feedback'),
  };
  const lines: Comparison[] = [];
  for (const encoder of ['gru', 'mean'] as const) {
    const agent = {
      name: 'pointer',
      ...sizes,
      encoder,
      attention: true,
      pointer: true,
      level: true,
      summary: true,
    } as const;
    lines.push(...(await verifyAgent(reference, encoder, agent)));
  }
  return lines;
}
