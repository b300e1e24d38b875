// Folders as zips, in pieces, so that the page answers meanwhile.

import { Unzip, UnzipInflate, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { InnerloopError } from 'innerloop';
import { sentence } from '../engine/sentence.ts';
import { crc32 } from './crc32.ts';
import { checksums } from './zipDirectory.ts';

export interface FileOf {
  /** With slashes, relative. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PIECE = 1 << 17; // bytes: some milliseconds
/** No run is as large; a file that unfolds to more is none. */
const LIMIT = 1 << 30;

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export async function zipped(files: readonly FileOf[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const { bytes, path } of files) {
    // Weights do not compress.
    const entry = path.endsWith('.safetensors') ? new ZipPassThrough(path) : new ZipDeflate(path);
    zip.add(entry);
    for (const [piece, last] of pieces(bytes)) {
      entry.push(piece, last);
      await breath();
    }
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

/** @param name for messages. @throws InnerloopError `file` where it is no whole zip, or a checksum does not fit. */
export async function unzipped(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<FileOf[]> {
  const refuse = (reason: string) =>
    new InnerloopError({ kind: 'file', path: name, reason, hint: 'download it again, or zip the run folder again' });
  const files: FileOf[] = [];
  const found = new Map<string, number>();
  let open = 0;
  let size = 0;
  const unzip = new Unzip((file) => {
    if (file.name.endsWith('/')) return;
    open++;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let checksum = 0;
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      size += chunk.length;
      if (size > LIMIT) throw refuse('it unfolds to more than a gigabyte');
      parts.push(chunk as Uint8Array<ArrayBuffer>);
      checksum = crc32(chunk, checksum);
      if (!final) return;
      open--;
      files.push({ path: file.name, bytes: joined(parts) });
      found.set(file.name, checksum);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (const [piece, last] of pieces(bytes)) {
      unzip.push(piece, last);
      await breath();
    }
  } catch (error) {
    if (error instanceof InnerloopError) throw error;
    throw refuse(`it is damaged (${sentence(error)})`);
  }
  if (open > 0) throw refuse('it ends before its last file does');
  if (files.length === 0) throw refuse('it is an empty zip, or none');
  // The unfolding library does not compare them.
  const told = checksums(bytes);
  if (!told) throw refuse('it is damaged: the list of its files, at its end, is missing or cannot be read');
  const changed = [...found].find(([path, checksum]) => told.get(path) !== checksum);
  if (changed) throw refuse(`it is damaged: ${changed[0]} in it does not fit its checksum`);
  return files;
}

function* pieces(bytes: Uint8Array): Generator<[piece: Uint8Array, last: boolean]> {
  for (let from = 0; from === 0 || from < bytes.length; from += PIECE) {
    yield [bytes.subarray(from, from + PIECE), from + PIECE >= bytes.length];
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
