// The tokens of `routes`. Their ids are the same under every option, so that weights carry over.

import type { Token } from '../task.ts';
import { THINK } from '../thoughts.ts';
import type { Link, RouteGraph } from './graph.ts';
import { MOST_PLACES } from './options.ts';

/** Ids of the tokens that are not destinations (place p as a destination, `A` to `J`, is token p). */
export const TOKEN = {
  THINK: 10,
  START: 11,
  PAD: 12,
  /** Stands where a link has its price: what is the cheapest way? */
  ASK: 13,
  /** Place p as an origin, `A>` to `J>`, is this and p. */
  ORIGIN: 14,
  /** Price 1; the next are 2 to 9. */
  PRICE: 24,
  /** A link that is sure; the next fail with probability 25 and 50 %. */
  RISK: 33,
} as const;

export const VOCABULARY_SIZE = 36;

export const placeName = (place: number): string => String.fromCharCode(65 + place);

const places = (write: (name: string) => string) =>
  Array.from({ length: MOST_PLACES }, (_, place) => write(placeName(place)));
const controls = (symbols: readonly string[]) => symbols.map((symbol): Token => ({ symbol, kind: 'control' }));

/** Destinations can be pointed at: they are what the agent names. */
export const VOCABULARY: readonly Token[] = [
  ...places((name) => name).map((symbol): Token => ({ symbol, kind: 'operand' })),
  ...controls([THINK.symbol, '[GO]', '[PAD]', '?', ...places((name) => `${name}>`)]),
  ...controls(Array.from({ length: 9 }, (_, i) => String(i + 1))),
  ...controls(['0%', '25%', '50%']),
];

/** Every link as origin, destination, price and, where links fail, risk; then start and goal in the same order. */
export function contextTokens({ goal, links, start }: RouteGraph, failing: boolean): number[] {
  const linkTokens = ({ from, price, risk, to }: Link) => [
    ...[TOKEN.ORIGIN + from, to, TOKEN.PRICE + price - 1],
    ...(failing ? [TOKEN.RISK + risk] : []),
  ];
  return [...links.flatMap(linkTokens), TOKEN.ORIGIN + start, goal, TOKEN.ASK];
}
