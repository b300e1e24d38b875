// The machine that this process runs on, as runs keep it.

import { availableParallelism, cpus } from 'node:os';
import type { Host } from '../formats/runInfo.ts';

export function thisHost(): Host {
  return {
    node: process.version,
    processor: cpus()[0]?.model.trim() || 'unknown make',
    cores: availableParallelism(),
  };
}

/** `hosts` and this one, each once. */
export function withThisHost(hosts: readonly Host[] = []): readonly Host[] {
  const own = JSON.stringify(thisHost());
  return hosts.some((host) => JSON.stringify(host) === own) ? hosts : [...hosts, thisHost()];
}
