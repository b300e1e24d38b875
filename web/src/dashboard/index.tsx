// Runs: to come.

import { Empty } from '../ui/parts.tsx';

export function View() {
  return (
    <Empty title="Runs">
      <p>The runs of a folder on disk, as they grow. It is shown where innerloop serve serves this page.</p>
    </Empty>
  );
}
