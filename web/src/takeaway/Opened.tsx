// What came of the files that were given.

import { addressOf, view } from '../state/store.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { opening } from './opening.ts';

export function Opened() {
  const now = opening.value;
  if (now.state === 'idle') return null;
  if (now.state === 'opening') return <Notice>Opening {now.what} …</Notice>;
  const away = (
    <Button
      kind="quiet"
      onClick={() => {
        opening.value = { state: 'idle' };
      }}
    >
      Understood
    </Button>
  );
  if (now.state === 'refused') {
    return (
      <Notice kind="bad" actions={away}>
        {now.sentence}. What is being trained goes on.
      </Notice>
    );
  }
  const look = view.value !== 'learn' && (
    <a class="button" href={addressOf('learn')}>
      Look at it
    </a>
  );
  return (
    <Notice
      actions={
        <>
          {look}
          {away}
        </>
      }
    >
      {now.sentence}
    </Notice>
  );
}
