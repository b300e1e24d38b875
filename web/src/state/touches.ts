// Problems and interventions as they stand in the address: `pick=2.14`, `do=2:force:16,3:memory:empty`.

import { TAMPERINGS } from 'innerloop';
import type { Asked, Drawn, Touch } from '../engine/playing.ts';

/** Problems of a level that can be asked for by number. */
export const MOST_PROBLEMS = 1000;
/** Things that can be done to one program. */
const MOST_TOUCHES = 32;

const WHOLE = /^\d{1,4}$/;

export const writeDrawn = ({ index, level }: Drawn): string => `${level}.${index}`;

export function readDrawn(text: string): Drawn | undefined {
  const [level = '', index = '', ...rest] = text.split('.');
  if (rest.length > 0 || !WHOLE.test(level) || !WHOLE.test(index) || Number(index) >= MOST_PROBLEMS) return undefined;
  return { level: Number(level), index: Number(index) };
}

/** What is asked, if anything that is understood. */
export function readAsked({ own, pick }: Readonly<Record<string, string>>): Asked | undefined {
  if (own !== undefined) return { text: own };
  return pick === undefined ? undefined : readDrawn(pick);
}

export function writeAsked(asked: Asked): { readonly own: string | undefined; readonly pick: string | undefined } {
  return 'text' in asked ? { own: asked.text, pick: undefined } : { own: undefined, pick: writeDrawn(asked) };
}

export function writeTouch(touch: Touch): string {
  const head = `${touch.step}:${touch.kind}`;
  if (touch.kind === 'steer') {
    const what = 'ahead' in touch.asking ? `ahead.${touch.asking.ahead}` : `label.${named(touch.asking.label)}`;
    return `${head}:${what}=${named(touch.answer)}:${touch.strength}${touch.random ? ':random' : ''}`;
  }
  if ('token' in touch) return `${head}:${touch.token}`;
  return touch.how === 'swap' ? `${head}:swap:${writeDrawn(touch.problem)}` : `${head}:${touch.how}`;
}

export const writeTouches = (touches: readonly Touch[]): string | undefined =>
  touches.length === 0 ? undefined : touches.map(writeTouch).join(',');

/** What is understood of `text`, and what is not. */
export function readTouches(text: string | undefined): { readonly touches: readonly Touch[]; readonly bad: string[] } {
  if (!text) return { touches: [], bad: [] };
  const parts = text.split(',');
  const read = parts.slice(0, MOST_TOUCHES).map((part) => [part, readTouch(part)] as const);
  return {
    touches: read.flatMap(([, touch]) => (touch ? [touch] : [])),
    bad: [...read.flatMap(([part, touch]) => (touch ? [] : [part])), ...parts.slice(MOST_TOUCHES)],
  };
}

/** Names as they may stand between commas and colons. */
const named = (name: string): string => encodeURIComponent(name.replaceAll('_', '%5F')).replaceAll('%20', '_');

function unnamed(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('_', '%20')).replaceAll('%5F', '_');
  } catch {
    return undefined;
  }
}

function readTouch(text: string): Touch | undefined {
  const [at = '', kind, what = '', from, ...rest] = text.split(':');
  if (!WHOLE.test(at) || (rest.length > 0 && kind !== 'steer')) return undefined;
  const step = Number(at);
  if (kind === 'steer') return readSteer(step, text.split(':').slice(2));
  if ((kind === 'force' || kind === 'ban') && WHOLE.test(what) && from === undefined) {
    return { kind, step, token: Number(what) };
  }
  if (kind === 'memory' && from === undefined) {
    const how = TAMPERINGS.find((one) => one === what);
    return how && { kind, step, how };
  }
  if (kind !== 'state' && kind !== 'context') return undefined;
  if (what === 'hide' && from === undefined) return { kind, step, how: what };
  const problem = what === 'swap' && from !== undefined ? readDrawn(from) : undefined;
  return problem && { kind, step, how: 'swap', problem };
}

/** Farther than any state lies. */
export const MOST_STRENGTH = 20;

function readSteer(step: number, [what = '', strength = '', random, ...rest]: readonly string[]): Touch | undefined {
  const [, kind, name = '', answer = ''] = /^(ahead|label)\.([^=]+)=(.+)$/.exec(what) ?? [];
  const [about, told] = [unnamed(name), unnamed(answer)];
  const known = kind !== undefined && about !== undefined && told !== undefined;
  const fits = /^-?\d{1,2}(\.\d{1,2})?$/.test(strength) && Math.abs(Number(strength)) <= MOST_STRENGTH;
  if (!known || !fits || rest.length > 0 || (random !== undefined && random !== 'random')) return undefined;
  if (kind === 'ahead' && !/^\d{1,2}$/.test(about)) return undefined;
  const asking = kind === 'ahead' ? { ahead: Number(about) } : { label: about };
  return { kind: 'steer', step, asking, answer: told, strength: Number(strength), random: random !== undefined };
}

/** Whether two of them cannot be at once: the later takes the place of the earlier. */
export function excludes(a: Touch, b: Touch): boolean {
  if (a.step !== b.step || a.kind !== b.kind) return false;
  return a.kind !== 'ban' || (b.kind === 'ban' && a.token === b.token);
}

export const sameTouch = (a: Touch, b: Touch): boolean => writeTouch(a) === writeTouch(b);
