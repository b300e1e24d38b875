// How a run stands, by shape as well as by colour.

import type { RunSummary } from 'innerloop';

const SHAPES: Readonly<Record<RunSummary['status'], string>> = {
  running: 'M4 2.5v9l7.5-4.5Z',
  finished: 'm2.5 7.5 3 3 6-7',
  interrupted: 'M4.5 3v8m5-8v8',
  failed: 'm3 3 8 8m0-8-8 8',
  malformed: 'M7 2v6m0 3v.5',
};

export function StatusMark({ status }: { status: RunSummary['status'] }) {
  return (
    <svg class="runs-mark" data-status={status} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d={SHAPES[status]} />
    </svg>
  );
}
