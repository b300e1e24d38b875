// Watch: to come.

import { Empty } from '../ui/parts.tsx';

export function View() {
  return (
    <Empty title="Watch">
      <p>Problems being answered, token by token, beside the machine that they move.</p>
    </Empty>
  );
}
