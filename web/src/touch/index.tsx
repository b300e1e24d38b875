// Touch: to come.

import { Empty } from '../ui/parts.tsx';

export function View() {
  return (
    <Empty title="Touch">
      <p>Force a token, empty the memory, hide the problem: and see at once what becomes of the program.</p>
    </Empty>
  );
}
