// What `innerloop serve` answers, asked for relative to the page.

import type { RunDetail, RunList, RunMetrics } from 'innerloop';

export const EVENTS = 'api/events';

/** Of the page itself, without its hash. */
export const addressed = (path: string): string => new URL(path, location.href.split('#')[0]).href;

const pathOf = (name: string): string => `api/runs/${name.split('/').map(encodeURIComponent).join('/')}`;

/** Relative, so that it stands for the same wherever the page is. */
export const checkpointPath = (name: string, file: string): string => `${pathOf(name)}/checkpoints/${file}`;

/** @throws Error with the server's own sentence. */
async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(addressed(path));
  if (answer.ok) return (await answer.json()) as T;
  const { error } = (await answer.json().catch(() => ({}))) as { readonly error?: string };
  throw new Error(error ?? `the server answered ${answer.status}`);
}

export const listRuns = (): Promise<RunList> => ask('api/runs');

export const readDetail = (name: string): Promise<RunDetail> => ask(pathOf(name));

export interface MetricsWanted {
  readonly fields: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly points: number;
}

export function readMetrics(name: string, { fields, from, points, to }: MetricsWanted): Promise<RunMetrics> {
  const query = new URLSearchParams({ fields: fields.join(','), points: String(points) });
  if (from !== undefined) query.set('from', String(from));
  if (to !== undefined) query.set('to', String(to));
  return ask(`${pathOf(name)}/metrics?${query}`);
}

export async function readCheckpoint(name: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(addressed(checkpointPath(name, file)));
  if (!answer.ok) throw new Error(`the server answered ${answer.status} for ${file}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Whether a server of runs answers here: `static` where only files are served, `silent` where nothing is. */
export async function probe(): Promise<'served' | 'static' | 'silent'> {
  try {
    const { headers, ok, status } = await fetch(addressed(EVENTS), { method: 'HEAD' });
    if (ok) return headers.get('content-type')?.startsWith('text/event-stream') ? 'served' : 'static';
    // Hosts of files refuse what is no file; between a page and its server something may be out of order for a while.
    return status < 500 ? 'static' : 'silent';
  } catch {
    return 'silent';
  }
}
