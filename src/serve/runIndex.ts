// All runs below a folder. Looking again costs two looks at the file system a run, so that ten thousand can be listed
// at any time; the work is done in slices, between which other requests are answered.

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RunChanges, RunSummary } from '../formats/runApi.ts';
import { isInside } from './inside.ts';
import { reasonOf } from './refusal.ts';
import { broken, type Examined, examine } from './runSummary.ts';

const SLICE = 10; // milliseconds
/** Two requests within this time see the same list. */
const FRESH = 100; // milliseconds
/** Folders of runs within folders of runs, and folders altogether; a suite has three. */
const DEEPEST = 8;
const MOST_FOLDERS = 200_000;
const SKIPPED = new Set(['node_modules', 'checkpoints']);

const LEADS_OUT = 'a symbolic link that leads out of the served folder; serve the folder that it leads to';

export interface Run {
  readonly path: string;
  readonly examined: Examined;
}

interface Folder {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly isLink: boolean;
}

export class RunIndex {
  readonly root: string;
  private runs = new Map<string, Run>();
  private refreshing: Promise<void> | undefined;
  private refreshedAt = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Set<(changes: RunChanges) => void>();
  /** How long the last look at everything took, in milliseconds. */
  cost = 0;
  /** Set where there was more than is looked at. */
  notice: string | undefined;

  /** @param root a real path. */
  constructor(root: string) {
    this.root = root;
  }

  /** Looks at all folders. Calls while it looks wait for the same. */
  refresh(): Promise<void> {
    if (performance.now() - this.refreshedAt < FRESH) return Promise.resolve();
    this.refreshing ??= this.lookAtAll().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** Looks at the runs that are going on. */
  refreshLive(): void {
    if (this.refreshing) return;
    const changed: RunSummary[] = [];
    for (const [name, run] of this.runs) {
      if (run.examined.summary.status !== 'running') continue;
      const examined = examine(this.root, run.path, name, run.examined);
      if (examined === undefined) continue; // gone: the next full look tells
      if (!same(examined, run.examined)) changed.push(examined.summary);
      this.runs.set(name, { ...run, examined });
    }
    this.tell({ runs: changed, removed: [] });
  }

  /** By name. */
  list(): readonly RunSummary[] {
    return [...this.runs.values()].map(({ examined }) => examined.summary).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The run of that name, looked for on disk where it is not known. */
  async find(name: string): Promise<Run | undefined> {
    if (!this.runs.has(name)) await this.refresh();
    return this.runs.get(name);
  }

  /** @returns how to stop listening. */
  onChange(listener: (changes: RunChanges) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private tell(changes: RunChanges): void {
    if (changes.runs.length + changes.removed.length === 0) return;
    for (const listener of this.listeners) listener(changes);
  }

  private async lookAtAll(): Promise<void> {
    const before = this.runs;
    const found = new Map<string, Run>();
    const changed: RunSummary[] = [];
    const began = performance.now();
    let sliceBegan = began;
    let folders = 0;
    // Depth first, from the end: a list that grows by what a folder holds and shrinks by what was looked at.
    const open: Folder[] = [{ path: this.root, name: '', depth: 0, isLink: false }];
    this.notice = undefined;
    for (let folder = open.pop(); folder; folder = open.pop()) {
      if (++folders > MOST_FOLDERS) {
        this.notice = `there are more than ${MOST_FOLDERS} folders; those beyond are not listed`;
        break;
      }
      // The served folder may itself be a run, which then has its own name.
      const name = folder.name || basename(this.root);
      const old = before.get(name)?.examined;
      const examined = this.look(folder, name, old, open);
      if (examined) {
        found.set(name, { path: folder.path, examined });
        if (!old || !same(examined, old)) changed.push(examined.summary);
      }
      if (performance.now() - sliceBegan > SLICE) {
        await setImmediate();
        sliceBegan = performance.now();
      }
    }
    this.runs = found;
    this.refreshedAt = performance.now();
    this.cost = this.refreshedAt - began;
    this.tell({ runs: changed, removed: [...before.keys()].filter((name) => !found.has(name)) });
  }

  /** The run that `folder` is; else the folders in it are added to `open`. */
  private look(folder: Folder, name: string, old: Examined | undefined, open: Folder[]): Examined | undefined {
    try {
      if (folder.isLink) return isInside(this.root, folder.path) ? undefined : broken(name, LEADS_OUT);
      const examined = examine(this.root, folder.path, name, old);
      if (examined === undefined && folder.depth < DEEPEST) open.push(...foldersIn(folder));
      return examined;
    } catch (error) {
      // Whatever it is, it is the matter of this folder alone.
      return broken(name, reasonOf(error) ?? String(error));
    }
  }
}

/** Links to folders are listed, too: what they lead to may be elsewhere. */
function foldersIn({ depth, name, path }: Folder): Folder[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const inner = entries.filter((entry) => !entry.name.startsWith('.') && !SKIPPED.has(entry.name));
  return inner
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(join(path, entry.name))))
    .map((entry) => ({
      ...{ path: join(path, entry.name), name: name === '' ? entry.name : `${name}/${entry.name}` },
      ...{ depth: depth + 1, isLink: entry.isSymbolicLink() },
    }));
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // leads nowhere, or round in a circle
  }
}

const same = (a: Examined, b: Examined): boolean => a === b || JSON.stringify(a.summary) === JSON.stringify(b.summary);
