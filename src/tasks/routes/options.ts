// The options of `routes`.

import { z } from 'zod';
import { thoughtOptions } from '../thoughts.ts';

export const FEWEST_PLACES = 5;
export const MOST_PLACES = 10;
/** Links on the cheapest route at the highest level of all. */
const MOST_LEVELS = 5;
/** Links of a problem that can fail, at the most: the exact optimum knows every set of those that have. */
export const MOST_FAILING = 4;

/** Links on the cheapest route at the most, in graphs of up to `places` places: longer ones are too rare to be drawn. */
export const mostLinks = (places: number): number => Math.min(MOST_LEVELS, places - 2);

export const routesOptions = z
  .strictObject({
    /** Places of a graph at the most; at least 5. */
    places: z.int().min(FEWEST_PLACES).max(MOST_PLACES).default(MOST_PLACES),
    /** Links on the cheapest route at the highest level; level k has k + 1 of them. */
    links: z.int().min(1).max(MOST_LEVELS).default(3),
    /**
     * Whether up to four links of a problem fail when they are tried, with probabilities that the context states, 25 or
     * 50 %. A link that failed has cost its price and is closed for good; the agent sees it, and stands where it stood.
     */
    failing: z.boolean().default(false),
    /** Whether only places that a link leads to may be named; else a missing link ends the episode. */
    mask: z.boolean().default(false),
    /** Weight of the share of the cost that lies behind, where the goal is not reached; 0 is no shaping. */
    partial: z.number().min(0).default(0),
    ...thoughtOptions,
  })
  .refine(({ links, places }) => links <= mostLinks(places), {
    path: ['links'],
    message: 'at most the places less two',
  });

export type RoutesOptions = Readonly<z.output<typeof routesOptions>>;

/** Links that an episode may try: enough to visit every place, and twice where failures make it turn round. */
export const tryLimit = ({ failing }: RoutesOptions): number => (MOST_PLACES - 1) * (failing ? 2 : 1);
