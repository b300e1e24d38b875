// Moves through a program: a slider, the arrow keys, and playing by itself.

import { signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { goTo, step } from '../state/stage.ts';
import { Button } from '../ui/parts.tsx';
import './transport.css';

const TOKEN_MILLISECONDS = 900;
/** How long an answer stands before the next problem. */
const END_MILLISECONDS = 2200;

/** Whether the program plays by itself. */
export const playing = signal(false);

export const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A person has taken over. */
export function scrub(to: number): void {
  playing.value = false;
  goTo(to);
}

interface TransportProps {
  readonly length: number;
  /** The token that is chosen at each step. */
  readonly tokens: readonly string[];
  /** When the end has been shown. */
  readonly onEnd?: (() => void) | undefined;
}

export function Transport({ length, onEnd, tokens }: TransportProps) {
  const slider = useId();
  const at = Math.min(step.value, length);
  const plays = playing.value;
  useEffect(() => {
    if (!plays) return;
    const ended = at >= length;
    if (ended && !onEnd) {
      playing.value = false;
      return;
    }
    const timer = setTimeout(() => (ended ? onEnd?.() : goTo(at + 1)), ended ? END_MILLISECONDS : TOKEN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [plays, at, length, onEnd]);
  const start = (): void => {
    if (!plays && at >= length) goTo(0);
    playing.value = !plays;
  };
  return (
    <div class="transport">
      <Button label={plays ? 'Pause' : 'Play'} onClick={start}>
        <svg viewBox="0 0 14 14" aria-hidden="true">
          {plays ? <path d="M2 1h4v12H2zM8 1h4v12H8z" /> : <path d="M2 1l11 6-11 6z" />}
        </svg>
      </Button>
      <Button label="One token back" disabled={at === 0} onClick={() => scrub(at - 1)}>
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <path d="M10 1v12L2 7z" />
        </svg>
      </Button>
      <Button label="One token on" disabled={at === length} onClick={() => scrub(at + 1)}>
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <path d="M4 1v12l8-6z" />
        </svg>
      </Button>
      <label class="visually-hidden" for={slider}>
        Place in the program
      </label>
      <input
        id={slider}
        class="slider"
        type="range"
        min={0}
        max={length}
        value={at}
        aria-valuetext={wordsAt(at, length, tokens)}
        onInput={({ currentTarget }) => scrub(Number(currentTarget.value))}
      />
      <output class="small number muted" for={slider}>
        {at < length ? `token ${at + 1} of ${length}` : 'the end'}
      </output>
    </div>
  );
}

const wordsAt = (at: number, length: number, tokens: readonly string[]): string =>
  at < length ? `token ${at + 1} of ${length}: ${tokens[at]} is chosen` : `the end, after ${length} tokens`;

/** Arrow keys move through the program wherever the focus is, but in fields that have their own use for them. */
export function useArrows(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { altKey, ctrlKey, key, metaKey, target } = event;
      if (altKey || ctrlKey || metaKey || event.defaultPrevented) return;
      const element = target as HTMLElement;
      if (element.closest('input, select, textarea, [role="slider"], .score-scroll:focus, .head, [role="listbox"]'))
        return;
      if (key === 'ArrowLeft') scrub(step.peek() - 1);
      else if (key === 'ArrowRight') scrub(step.peek() + 1);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
