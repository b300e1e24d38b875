// Reads and writes a problem: `A>B 3, B>C 2, A>C 9: A>C`; where links fail, `A>B 3 25%`.

import { InnerloopError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { fnv1a } from '../holdOut.ts';
import type { Link, RouteGraph, RouteProblem } from './graph.ts';
import { MOST_FAILING, type RoutesOptions } from './options.ts';
import { planOf } from './plan.ts';
import { isSure, levelOf } from './problem.ts';
import { placeName } from './vocabulary.ts';

const LINK = /^([A-J])>([A-J])\s+([1-9])(?:\s+(0|25|50)%)?$/;
const QUESTION = /^([A-J])>([A-J])$/;

const placeOf = (name: string): number => name.charCodeAt(0) - 65;
const between = ({ from, to }: { from: number; to: number }): string => `${placeName(from)}>${placeName(to)}`;

/** One line, as `parseRoutes` reads it. */
export function describeRoutes({ goal, links, start }: RouteGraph): string {
  const write = (link: Link) => `${between(link)} ${link.price}${link.risk === 0 ? '' : ` ${25 * link.risk}%`}`;
  return `${links.map(write).join(', ')}: ${between({ from: start, to: goal })}`;
}

/** Links of a problem at the most: twice as many as there can be places. */
export const linkLimit = ({ places }: RoutesOptions): number => 2 * places;

/**
 * Links apart by commas, then a colon, start and goal; the links on the cheapest route choose the level.
 * @throws InnerloopError on anything else, and where the goal is out of reach or further than any level.
 */
export function parseRoutes(text: string, level: number | undefined, options: RoutesOptions): RouteProblem {
  const refuse = (expected: string, received = `"${text}"`, hint?: string): never => {
    throw new InnerloopError({ kind: 'invalid', what: 'problem', expected, received, ...(hint && { hint }) });
  };
  const [list = '', question = '', ...rest] = text.split(':').map((part) => part.trim());
  const asked = QUESTION.exec(question);
  if (!asked || rest.length > 0) refuse('links, a colon, start and goal, as in "A>B 3, B>C 2, A>C 9: A>C"');
  const links = list.split(',').map((part): Link => {
    const [, from, to, price, risk = '0'] = LINK.exec(part.trim()) ?? refuse('links as in "A>B 3"', `"${part.trim()}"`);
    return { from: placeOf(from!), to: placeOf(to!), price: Number(price), risk: Number(risk) / 25 };
  });
  const [start, goal] = [placeOf(asked![1]!), placeOf(asked![2]!)];
  if (start === goal) refuse('a goal that is not the start');
  if (links.some(({ from, to }) => from === to) || new Set(links.map(between)).size < links.length) {
    refuse('each link once, from one place to another');
  }
  if (links.length > linkLimit(options)) refuse(`at most ${linkLimit(options)} links`, `${links.length}`);
  const failing = links.filter(({ risk }) => risk > 0).length;
  if (failing > 0 && !options.failing) refuse('sure links', undefined, 'option failing of the task allows others');
  if (failing > MOST_FAILING) refuse(`at most ${MOST_FAILING} links that can fail`, `${failing}`);
  const graph = { links, start, goal };
  const plan = planOf(graph);
  const own = levelOf(graph, plan);
  if (!isSure(graph, plan)) refuse('a way of sure links to the goal from every place that has one');
  if (own < 0) refuse('a goal within reach');
  if (own >= options.links || (level !== undefined && level !== own)) {
    const wanted = level === undefined ? `1 to ${options.links}` : `${level + 1}`;
    refuse(`${wanted} links on the cheapest route`, `${own + 1}`, 'option links of the task sets the most');
  }
  const random = new Random({ key: [fnv1a(list), fnv1a(question)], drawn: 0 });
  return { level: own, links, start, goal, chance: [random.bits(), random.bits()] };
}
