// Copying to the clipboard, and what is said of it for a moment.

import { useSignal } from '@preact/signals';

const SAID_MILLISECONDS = 2000;

/** @param unable where there is no leave for the clipboard: another way, and what is said of it. */
export function useCopying(unable: (text: string) => string): {
  readonly said: string;
  readonly copy: (text: string) => void;
} {
  const said = useSignal('');
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'Copied';
    } catch {
      said.value = unable(text);
    }
    setTimeout(() => {
      said.value = '';
    }, SAID_MILLISECONDS);
  };
  return { said: said.value, copy: (text) => void copy(text) };
}
