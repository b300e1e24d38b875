// The page's whole state as its address: `#/learn?v=1&task=expressions&preset=digits&seed=3&set=updates=300`. Reading
// never throws: what is not understood is left out, and said.

import { presetsOf, TASKS } from 'innerloop';
import { DEFAULT_DRAFT, type Draft } from './draft.ts';

/** Raised when old addresses would be read otherwise than they were meant. */
export const ADDRESS_VERSION = 1;

export interface Address {
  readonly view: string;
  readonly draft: Draft;
  /** Whatever a view keeps: `problem`, `program`; names that are not this file's own. */
  readonly extra: Readonly<Record<string, string>>;
  /** Sentences on what was not understood. */
  readonly notices: readonly string[];
}

const OWN = ['v', 'task', 'preset', 'seed', 'set'];
/** Longer addresses are not ours: browsers and chats cut them. */
const LIMIT = 16_000;

/** @param views names that are known. @param first the one where the address names none of them. */
export function readAddress(hash: string, views: readonly string[], first: string): Address {
  const notices: string[] = [];
  const plain = { view: first, draft: DEFAULT_DRAFT, extra: {} };
  if (hash.length > LIMIT)
    return { ...plain, notices: ['The address is too long to be one of this page, so it begins anew.'] };
  const [path = '', query = ''] = split(hash.replace(/^#\/?/, ''), '?');
  const values = new URLSearchParams(query);
  const version = values.get('v') ?? String(ADDRESS_VERSION);
  const view = views.includes(path) ? path : plain.view;
  if (!/^\d+$/.test(version) || Number(version) > ADDRESS_VERSION) {
    const newer = /^\d+$/.test(version);
    const notice = newer
      ? `This address was made by a newer version of the page (${version}; this one reads ${ADDRESS_VERSION}), so it begins anew. Reload to get the newer page.`
      : `The address names no version of this page (v=${short(version)}), so it begins anew.`;
    return { ...plain, view, notices: [notice] };
  }
  if (path !== '' && view !== path) notices.push(`There is no view '${short(path)}' here; this is ${view}.`);
  const draft = readDraft(values, notices);
  const extra = Object.fromEntries([...values].filter(([name]) => !OWN.includes(name) && name !== '__proto__'));
  return { view, draft, extra, notices };
}

function readDraft(values: URLSearchParams, notices: string[]): Draft {
  const task = values.get('task') ?? DEFAULT_DRAFT.task;
  if (!Object.hasOwn(TASKS, task)) {
    notices.push(
      `There is no task '${short(task)}'; known: ${Object.keys(TASKS).join(', ')}. This is ${DEFAULT_DRAFT.task}.`,
    );
    return DEFAULT_DRAFT;
  }
  let preset = values.get('preset') ?? 'default';
  const presets = presetsOf(task);
  if (!Object.hasOwn(presets, preset)) {
    notices.push(
      `Task ${task} has no preset '${short(preset)}'; known: ${Object.keys(presets).join(', ')}. This is default.`,
    );
    preset = 'default';
  }
  const settings: Record<string, unknown> = {};
  const seed = values.get('seed');
  if (seed !== null) {
    if (/^\d{1,16}$/.test(seed) && Number.isSafeInteger(Number(seed))) settings.seed = Number(seed);
    else notices.push(`The seed in the address is no whole number ('${short(seed)}'); it is left out.`);
  }
  for (const text of values.getAll('set')) {
    const [path, value] = split(text, '=');
    const parsed = parse(value);
    if (/^[a-zA-Z]\w*(\.[a-zA-Z]\w*)*$/.test(path!) && parsed !== undefined) settings[path!] = parsed;
    else notices.push(`A setting of the address is not understood and left out: '${short(text)}'.`);
  }
  return { task, preset, settings };
}

/** The address of a view, its draft and whatever it keeps; the shortest that reads back. */
export function writeAddress(view: string, draft: Draft, extra: Readonly<Record<string, string>> = {}): string {
  const { task, preset, settings } = draft;
  const { seed, ...others } = settings;
  const parts: [string, string][] = [
    ['v', String(ADDRESS_VERSION)],
    // An agent with an address of its own says itself what its task is.
    ...(extra.agent !== undefined && isDefault(draft) ? [] : ([['task', task]] as [string, string][])),
    ...(preset === 'default' ? [] : ([['preset', preset]] as [string, string][])),
    ...(typeof seed === 'number' ? ([['seed', String(seed)]] as [string, string][]) : []),
    ...Object.entries(others).map(([path, value]): [string, string] => ['set', `${path}=${JSON.stringify(value)}`]),
    ...Object.entries(extra),
  ];
  return `#/${view}?${parts.map(([name, value]) => `${name}=${readable(value)}`).join('&')}`;
}

const isDefault = ({ preset, settings, task }: Draft): boolean =>
  task === DEFAULT_DRAFT.task && preset === DEFAULT_DRAFT.preset && Object.keys(settings).length === 0;

/** What a query may hold as it is stays as it is, so that people can read and change addresses. */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(3D|3A|2C|2F|5B|5D)/g, (code) => decodeURIComponent(code));

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

function split(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function parse(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return /^[\w-]+$/.test(text) ? text : undefined;
  }
}
