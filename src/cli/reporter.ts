// What shows the events of a training to whoever watches it.

import type { TrainEvent } from '../training/events.ts';

export interface Reporter {
  /** Called after the run directory has taken the event. */
  take(event: TrainEvent): void;
  /** Called when the training has been asked to stop, and will after its update. */
  stopping(): void;
  /** Called at the end, however it came. */
  close(): void;
}
