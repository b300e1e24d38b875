// Level by level what both have come to, beside what is possible.

import type { Ceilings } from '../state/bounds.ts';
import type { Session } from '../state/session.ts';
import { seriesColour } from '../ui/colours.ts';
import { percent } from '../ui/numbers.ts';
import { Scroll } from '../ui/Scroll.tsx';
import { Term } from '../ui/Term.tsx';
import { LETTERS, sharedBounds } from './curves.ts';

interface LevelsProps {
  readonly sides: readonly [Session, Session];
  readonly names: readonly string[];
  readonly ceilings: readonly Ceilings[];
}

export function Levels({ ceilings, names, sides }: LevelsProps) {
  const levels = sides.map(({ training }) => training.value?.task.levels ?? []);
  const rows = Math.max(...levels.map(({ length }) => length));
  // Those of fresh problems once they are known, until then the last evaluation's.
  const scores = sides.map(({ evaluation, finished }) => finished.value?.levels ?? evaluation.value?.levels ?? []);
  // Of the same problems as the scores.
  const own = ceilings.map((side, i) => side[sides[i]?.finished.value ? 'test' : 'validation']);
  const bounds = sharedBounds(sides, own).map(({ ceiling, letters }) => ({
    ...ceiling,
    whose: letters.length > 1 ? '' : `${letters[0]}: `,
  }));
  return (
    <Scroll label="Levels of A and B">
      <table class="compare-table number">
        <thead>
          <tr>
            <th scope="col">
              <Term of="level">Level</Term>
            </th>
            <th scope="col" class="compare-goal">
              What is asked
            </th>
            {names.map((name, i) => (
              <th scope="col" key={LETTERS[i]}>
                {LETTERS[i]} {name}
              </th>
            ))}
            {bounds.map(({ about, whose }) => (
              <th scope="col" key={`${whose}${about}`}>
                {whose}
                <Term of="ceiling">{about}</Term>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, level) => {
            const { goal, name } = (levels[0]?.[level] ?? levels[1]?.[level])!;
            return (
              <tr key={name}>
                <th scope="row">
                  <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                    <rect width="12" height="12" rx="3" style={{ fill: `var(${seriesColour(level)})` }} />
                  </svg>{' '}
                  {level + 1} {name}
                </th>
                <td class="compare-goal">{goal}</td>
                {scores.map((side, i) => (
                  <td key={LETTERS[i]}>
                    <Bar share={side[level]?.solved} />
                  </td>
                ))}
                {bounds.map(({ about, levels: values, whose }) => (
                  <td key={`${whose}${about}`}>
                    {values[level] === null || values[level] === undefined ? '' : percent(values[level])}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Bar({ share }: { share: number | undefined }) {
  return (
    <span class="compare-bar">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="compare-bar-all" width="100" height="8" />
        <rect class="compare-bar-share" width={100 * (share ?? 0)} height="8" />
      </svg>
      <b>{percent(share)}</b>
    </span>
  );
}
