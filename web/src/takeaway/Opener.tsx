// A run or a checkpoint from disk: by a button, or dropped anywhere on the page.

import { useRef } from 'preact/hooks';
import { Button } from '../ui/parts.tsx';
import { Opened } from './Opened.tsx';
import { fromField, openGiven } from './opening.ts';

export function Opener() {
  return (
    <section class="panel takeaway-open" aria-labelledby="open-title">
      <h2 id="open-title">Bring one back</h2>
      <p class="muted">
        A run as a zip or as a folder, or a checkpoint (<code>.safetensors</code>), from here or from the command line:
        drop it anywhere on this page, or choose it. It takes the place of what is being trained; nothing is sent
        anywhere.
      </p>
      <div class="takeaway-buttons">
        <Chooser label="Open a file …" accept=".zip,.safetensors" />
        <Chooser label="Open a run folder …" folder />
      </div>
      <Opened />
    </section>
  );
}

function Chooser({ accept, folder = false, label }: { accept?: string; folder?: boolean; label: string }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        {...(folder && { webkitdirectory: true })}
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.length) void openGiven(fromField(currentTarget.files));
          currentTarget.value = '';
        }}
      />
      <Button onClick={() => field.current?.click()}>{label}</Button>
    </>
  );
}
