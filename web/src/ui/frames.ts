// Drawing spread over frames: whoever wants to draw waits in turn, and a frame ends when its share of time is used up,
// so that many pictures never make one long task.

const BUDGET_MILLISECONDS = 6;

const waiting = new Set<() => void>();
let scheduled = false;

/** Draws in one of the next frames; asking again before that changes nothing. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  schedule();
}

export function drawNever(draw: () => void): void {
  waiting.delete(draw);
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawAll);
}

function drawAll(): void {
  scheduled = false;
  const begun = performance.now();
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() - begun > BUDGET_MILLISECONDS) break;
  }
  if (waiting.size > 0) schedule();
}
