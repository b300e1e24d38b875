// Files dropped anywhere on the page are opened; a browser by itself would leave the page for them.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { view } from '../state/store.ts';
import { Opened } from '../takeaway/Opened.tsx';
import { fromDrop, openGiven } from '../takeaway/opening.ts';

export function Drop() {
  const over = useSignal(false);
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) over.value = false;
    };
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      void openGiven(fromDrop(event.dataTransfer));
    };
    const end = (): void => {
      over.value = false;
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    // Before anybody else: whoever takes what is dropped keeps it to himself.
    addEventListener('drop', end, { capture: true });
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
      removeEventListener('drop', end, { capture: true });
    };
  }, [over]);
  return (
    <>
      {/* Take away says it beside its own buttons. */}
      {view.value !== 'takeaway' && <Opened />}
      {over.value && (
        <div class="drop-veil" aria-hidden="true">
          Drop a run or a checkpoint to open it
        </div>
      )}
    </>
  );
}
