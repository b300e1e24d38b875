// The list of runs as the server tells it, and whether it still does.

import { batch, computed, signal } from '@preact/signals';
import type { RunChanges, RunSummary } from 'innerloop';
import { addressed, EVENTS, listRuns, probe } from './api.ts';

/** `static`: the page comes from a host of files, which knows no runs. */
export type Connection = 'looking' | 'static' | 'connected' | 'gone';

const RETRY_MILLISECONDS = 1500;

export const connection = signal<Connection>('looking');
export const runs = signal<ReadonlyMap<string, RunSummary>>(new Map());
/** Whether the whole list was there once. */
export const listed = signal(false);
/** What the server has to say of its list. */
export const listNotice = signal<string | undefined>(undefined);
export const allRuns = computed(() => [...runs.value.values()]);

/** Begins to listen. @returns how to stop. */
export function connect(): () => void {
  let stopped = false;
  let events: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was told while the list was on its way. */
  let told: Map<string, RunSummary | null> | undefined;

  const again = (): void => {
    if (stopped) return;
    connection.value = 'gone';
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(), RETRY_MILLISECONDS);
  };

  const attempt = async (): Promise<void> => {
    const found = await probe();
    if (stopped) return;
    if (found === 'static') connection.value = 'static';
    else if (found === 'silent') again();
    else listen();
  };

  const listen = (): void => {
    const source = new EventSource(addressed(EVENTS));
    events = source;
    // Before the list is asked for, so that nothing happens unheard in between; and anew whenever the stream begins.
    source.onopen = () => void list();
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) again();
      else connection.value = 'gone';
    };
    source.addEventListener('runs', ({ data }: MessageEvent<string>) => take(JSON.parse(data) as RunChanges));
  };

  const list = async (): Promise<void> => {
    const meanwhile = new Map<string, RunSummary | null>();
    told = meanwhile;
    try {
      const { notice, runs: all } = await listRuns();
      if (stopped || told !== meanwhile) return;
      const whole = new Map(all.map((run) => [run.name, run]));
      for (const [name, run] of meanwhile) {
        const before = whole.get(name);
        if (run === null) whole.delete(name);
        else if (!before || run.modified >= before.modified) whole.set(name, run);
      }
      batch(() => {
        runs.value = whole;
        listed.value = true;
        listNotice.value = notice;
        connection.value = 'connected';
      });
    } catch {
      events?.close();
      again();
    } finally {
      if (told === meanwhile) told = undefined;
    }
  };

  const take = ({ removed, runs: changed }: RunChanges): void => {
    for (const run of changed) told?.set(run.name, run);
    for (const name of removed) told?.set(name, null);
    // The first list is on its way with all of it.
    if (!listed.peek()) return;
    const whole = new Map(runs.peek());
    for (const run of changed) whole.set(run.name, run);
    for (const name of removed) whole.delete(name);
    runs.value = whole;
  };

  void attempt();
  return () => {
    stopped = true;
    clearTimeout(timer);
    events?.close();
  };
}
