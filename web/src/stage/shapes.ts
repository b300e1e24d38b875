// Marks of categories: a shape and a colour each, so that neither alone has to tell them apart.

import { seriesColour } from '../ui/colours.ts';

/** Paths about the origin, some 8 units across. */
const SHAPES = [
  'M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0Z',
  'M-3.6 -3.6H3.6V3.6H-3.6Z',
  'M0 -4.6L4.4 3.4H-4.4Z',
  'M0 -5L5 0L0 5L-5 0Z',
  'M-1.4 -4.4H1.4V-1.4H4.4V1.4H1.4V4.4H-1.4V1.4H-4.4V-1.4H-1.4Z',
  'M0 4.6L4.4 -3.4H-4.4Z',
  'M-4.4 -1.6H4.4V1.6H-4.4Z',
];

export const shapeOf = (category: number): string => SHAPES[category % SHAPES.length]!;

export const fillOf = (category: number): string => `var(${seriesColour(category)})`;
