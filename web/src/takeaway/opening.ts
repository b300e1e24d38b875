// What comes of files that a person gives the page, wherever on it they do so.

import { signal } from '@preact/signals';
import { sentence } from '../engine/sentence.ts';
import type { Given } from './open.ts';

export type Opening =
  | { readonly state: 'idle' }
  | { readonly state: 'opening'; readonly what: string }
  | { readonly state: 'opened' | 'refused'; readonly sentence: string };

export const opening = signal<Opening>({ state: 'idle' });

/** @param giving may fail: folders that the browser may not read. */
export async function openGiven(giving: readonly Given[] | Promise<readonly Given[]>): Promise<void> {
  try {
    const given = await giving;
    opening.value = { state: 'opening', what: given[0]?.path ?? '' };
    // Loaded when it is first wanted: most people bring no files.
    const { open } = await import('./open.ts');
    opening.value = { state: 'opened', sentence: await open(given) };
  } catch (error) {
    opening.value = { state: 'refused', sentence: sentence(error) };
  }
}

/** Files of a file field; those of a folder have their paths. */
export const fromField = (files: FileList): readonly Given[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Files and folders that were dropped, folders with all that is in them. */
export async function fromDrop({ items }: DataTransfer): Promise<readonly Given[]> {
  // Asked for before anything is awaited: afterwards the browser has forgotten them.
  const dropped = Array.from(items, (item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = dropped.map((one) => {
    if (one === null) return [];
    return one instanceof File ? [{ path: one.name, file: one }] : filesOf(one);
  });
  return (await Promise.all(found)).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<readonly Given[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    // A hundred at a time, until there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesOf))).flat();
}
