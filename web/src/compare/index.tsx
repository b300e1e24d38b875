// Compare: to come.

import { Empty } from '../ui/parts.tsx';

export function View() {
  return (
    <Empty title="Compare">
      <p>Two configurations with the same seed, side by side, and what to look for.</p>
    </Empty>
  );
}
