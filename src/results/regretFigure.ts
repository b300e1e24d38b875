// The picture of regret: each kind of problem at each level, group by group.

import { intervalChart } from '../formats/svgIntervals.ts';
import type { PartAnalysis } from './analysis.ts';
import { type Figure, withIntervals } from './figure.ts';
import { placeName } from './regret.ts';

/** One for every stratum whose runs tell of regret. */
export function regretFigures({ groups, part }: PartAnalysis): Figure[] {
  const names = [...new Set(groups.flatMap(({ strata }) => strata.map(({ name }) => name)))];
  return names.flatMap((name, index): Figure[] => {
    const told = groups.flatMap((group) => {
      const stratum = group.strata.find((one) => one.name === name);
      return (stratum?.regrets ?? []).map((estimate) => ({ ...estimate, group: group.name }));
    });
    if (told.length === 0) return [];
    const places = [...new Set(told.map(placeName))];
    const rows = places.flatMap((place) =>
      told
        .filter((one) => placeName(one) === place)
        .map(({ group, regret, runs }) => ({ name: `${place}: ${group}`, ...regret, points: runs })),
    );
    const shown = rows.flatMap(({ high, points, value }) => [value, high, ...points]).filter(Number.isFinite);
    const title = `${part.title}: regret${names.length > 1 ? ` of ${name}` : ''}`;
    const intervals = withIntervals(
      'its 95 % interval (bar)',
      rows.map(({ high, low, value }) => ({ high, low, value })),
    );
    return [
      {
        file: `regret${index === 0 ? '' : `-${index + 1}`}.svg`,
        svg: intervalChart({ title, xLabel: 'regret (test)', rows, xDomain: [0, 1.05 * Math.max(...shown)] }),
        alt: title,
        caption: `Every run (dots) and the interquartile mean (stroke)${intervals}.`,
      },
    ];
  });
}
