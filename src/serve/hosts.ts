// Which names a request may call this server by. A page elsewhere can let its own name point to this machine (DNS
// rebinding) and would then be of this server's origin; but the `Host` that the browser sends is still its own.

import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const WILDCARDS: readonly string[] = ['0.0.0.0', '::'];

/** Whether `address` stands for all of the machine's. */
export const isWildcard = (address: string): boolean => WILDCARDS.includes(address);

/** Whether only this machine reaches a server that listens on `host`. */
export const isLoopback = (host: string): boolean => LOOPBACK.includes(bare(host)) || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * @param host what was asked to listen on.
 * @param bound the address that became of it.
 */
export function allowedHosts(host: string, bound: string): ReadonlySet<string> {
  const own = isWildcard(bound) ? [hostname(), ...addresses()] : [];
  return new Set([...LOOPBACK, bare(host), bound, ...own].map((name) => name.toLowerCase()));
}

/** Of all interfaces. */
export const addresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);

/** Whether `header`, a request's `Host` with or without its port, is one of `allowed`. */
export function isAllowed(header: string | undefined, allowed: ReadonlySet<string>): boolean {
  const name = /^(\[[\da-f:.]+\]|[^\s:@/[\]]+)(?::\d{1,5})?$/i.exec(header ?? '')?.[1];
  return name !== undefined && allowed.has(bare(name).toLowerCase());
}

/** As it stands in an address of the web. */
export const inUrl = (host: string): string => (host.includes(':') ? `[${bare(host)}]` : host);

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
