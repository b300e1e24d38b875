// Problems that are carried from the list to a program, by drag and drop.

import type { Drawn } from '../engine/playing.ts';
import { readDrawn, writeDrawn } from '../state/touches.ts';

const TYPE = 'application/x-innerloop-problem';

/** What makes an element one that a problem is dragged by. */
export const dragSource = (problem: Drawn) => ({
  draggable: true,
  onDragStart({ dataTransfer }: DragEvent) {
    dataTransfer?.setData(TYPE, writeDrawn(problem));
    if (dataTransfer) dataTransfer.effectAllowed = 'copy';
  },
});

/** What makes an element one that problems may be dropped on; files pass through to whoever takes them. */
export const dropTarget = (take: (problem: Drawn) => void) => ({
  onDragOver(event: DragEvent) {
    if (!event.dataTransfer?.types.includes(TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    (event.currentTarget as HTMLElement).dataset.over = 'true';
  },
  onDragLeave({ currentTarget }: DragEvent) {
    delete (currentTarget as HTMLElement).dataset.over;
  },
  onDrop(event: DragEvent) {
    delete (event.currentTarget as HTMLElement).dataset.over;
    const problem = readDrawn(event.dataTransfer?.getData(TYPE) ?? '');
    if (!problem) return;
    event.preventDefault();
    event.stopPropagation();
    take(problem);
  },
});
