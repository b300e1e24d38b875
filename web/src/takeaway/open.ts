// Opens what a person gives the page: a run as a zip or as a folder, or a checkpoint. What is damaged is refused in the
// library's words.

import {
  type Config,
  checkpointName,
  configure,
  InnerloopError,
  parseRunInfo,
  RUN_FILES,
  type TrainInput,
  updateOfName,
} from 'innerloop';
import type { RunEvent } from '../engine/protocol.ts';
import { adopt, player } from '../state/store.ts';
import { type FileOf, unzipped } from './zip.ts';

/** A file or one in a folder, not read yet. */
export interface Given {
  readonly path: string;
  readonly file: Blob;
}

/** @returns a sentence on what was opened. @throws Error with a sentence on why it was not. */
export async function open(given: readonly Given[]): Promise<string> {
  const wanted = given.filter(({ path }) => isOfRun(path));
  const [first] = given;
  if (!first) throw new Error('There is no file in what was given.');
  if (given.length === 1) {
    const bytes = await bytesOf(first.file);
    const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    if (!zip && !first.path.endsWith('.zip')) return openCheckpoint({ path: first.path, bytes });
    const files = await unzipped(bytes, first.path);
    return openFiles(files, first.path);
  }
  const files = await Promise.all(wanted.map(async ({ file, path }) => ({ path, bytes: await bytesOf(file) })));
  return openFiles(files, first.path.split('/')[0]!);
}

const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());

/** Folders may hold anything; only this is read. */
const isOfRun = (path: string): boolean => /(^|\/)(run\.json|[^/]*\.jsonl|[^/]*\.safetensors)$/.test(path);

const brief = (hash: string): string => `${hash.slice(0, 8)}…`;

const refused = (path: string, reason: string, hint: string): InnerloopError =>
  new InnerloopError({ kind: 'file', path, reason, hint });

async function openFiles(files: readonly FileOf[], name: string): Promise<string> {
  const infos = files.filter(({ path }) => path.split('/').at(-1) === RUN_FILES.info);
  // The uppermost one: a run may have been kept inside another's folder.
  const [info] = infos.toSorted((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  if (!info) {
    const checkpoints = files.filter(({ path }) => path.endsWith('.safetensors'));
    const [newest] = checkpoints.toSorted((a, b) => (a.path < b.path ? 1 : -1));
    if (newest) return openCheckpoint(newest);
    throw refused(name, `not a run: it has no ${RUN_FILES.info}`, 'give the folder that train printed (runs/…), whole');
  }
  const folder = info.path.slice(0, -RUN_FILES.info.length);
  const said = await openRun(folder, files);
  return infos.length > 1 ? `${said} It is the first of ${infos.length} runs there.` : said;
}

async function openCheckpoint({ bytes, path }: FileOf): Promise<string> {
  const { config, update } = await identify({ bytes, path });
  adopt(configure(config), { update, bytes }, [], true);
  return `${path} is open, at update ${update}. A checkpoint by itself has no curves of what was before it.`;
}

async function openRun(folder: string, files: readonly FileOf[]): Promise<string> {
  const text = (name: string): string | undefined => {
    const found = files.find(({ path }) => path === folder + name);
    return found && new TextDecoder().decode(found.bytes);
  };
  const name = folder.replace(/\/$/, '') || 'this run';
  const info = parseRunInfo(text(RUN_FILES.info)!, folder + RUN_FILES.info);
  const newest = files
    .filter(({ path }) => path.startsWith(`${folder}${RUN_FILES.checkpoints}/`))
    .flatMap((file) => {
      const update = updateOfName(file.path.split('/').at(-1)!);
      return update === undefined ? [] : [{ ...file, update }];
    })
    .toSorted((a, b) => b.update - a.update)[0];
  if (!newest) throw refused(name, 'the run has no checkpoint yet', 'train it again');
  const { config, hash, update } = await identify(newest);
  const training = configure(info.config as TrainInput);
  if (update !== newest.update) {
    const reason = `its name says update ${newest.update}, its contents say ${update}`;
    throw refused(newest.path, reason, `call it ${checkpointName(update)}`);
  }
  if (JSON.stringify(config) !== JSON.stringify(training.config)) {
    throw refused(newest.path, 'its configuration is not that of run.json', 'restore both from one copy');
  }
  const { outcome } = info;
  // A run that was stopped and went on has an outcome of an earlier update.
  if (outcome?.hash !== undefined && outcome.updates === update && outcome.hash !== hash) {
    const reason = `its parameters come to the hash ${brief(hash)}, and ${RUN_FILES.info} tells ${brief(outcome.hash)}`;
    throw refused(newest.path, reason, 'restore both from one copy');
  }
  const levels = training.task.levels.length;
  const told = [
    ...events(text(RUN_FILES.metrics), folder + RUN_FILES.metrics, 'update', update, levels),
    ...events(text(RUN_FILES.evaluations), folder + RUN_FILES.evaluations, 'evaluation', update, levels),
  ];
  // A finished run has nothing left to train: going on says so, with its hash, reckoned anew.
  adopt(training, { update, bytes: newest.bytes }, told, info.status !== 'finished');
  return `${name} is open, at update ${update}.`;
}

async function identify({ bytes, path }: FileOf): Promise<{ config: Config; hash: string; update: number }> {
  return player.ask('identity', { bytes, name: path });
}

/** The lines of a log up to `update`, as they were told. A torn last line is left out, as the library does. */
function events(
  text: string | undefined,
  path: string,
  type: 'update' | 'evaluation',
  update: number,
  levels: number,
): RunEvent[] {
  const hint = 'restore the file from a copy, or remove that line';
  const lines = (text ?? '').split('\n').slice(0, -1);
  return lines.flatMap((line, i): RunEvent[] => {
    let event: Readonly<Record<string, unknown>>;
    try {
      event = JSON.parse(line) as typeof event;
    } catch {
      throw refused(path, `line ${i + 1} is not JSON`, hint);
    }
    const perLevel = type === 'update' ? [event?.lanes, event?.solved] : [event?.levels];
    if (
      !Number.isSafeInteger(event?.update) ||
      !perLevel.every((values) => Array.isArray(values) && values.length === levels)
    ) {
      throw refused(path, `line ${i + 1} is no ${type} of ${levels} levels`, hint);
    }
    return (event.update as number) > update ? [] : [{ type, ...event } as unknown as RunEvent];
  });
}
