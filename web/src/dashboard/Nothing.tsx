// Where runs have to be selected first.

import { Button, Empty } from '../ui/parts.tsx';
import { found } from './found.ts';
import { select } from './selection.ts';

const SOME = 5;

export function Nothing() {
  const first = found.value.runs.filter(({ status }) => status !== 'malformed').slice(0, SOME);
  return (
    <Empty
      title="Compare runs"
      actions={
        first.length > 0 && (
          <Button kind="primary" onClick={() => select(first.map(({ name }) => name))}>
            {first.length === 1 ? 'Show the first one' : `Compare the first ${first.length}`}
          </Button>
        )
      }
    >
      <p>
        Select some in the list: with the box before a run, or with the space bar. Runs that differ in nothing but the
        seed become one curve with an interval.
      </p>
    </Empty>
  );
}
