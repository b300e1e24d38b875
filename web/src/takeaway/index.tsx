// Take away: to come.

import { Empty } from '../ui/parts.tsx';

export function View() {
  return (
    <Empty title="Take away">
      <p>The whole state as a link, the weights as a file, the run as a folder for the command line.</p>
    </Empty>
  );
}
