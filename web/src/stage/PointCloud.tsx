// The states of a survey as marks on a canvas: hundreds of them, which need no place in the document.

import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Facet, Survey } from '../engine/playing.ts';
import { colour, seriesColour, themeVersion } from '../ui/colours.ts';
import { drawNever, drawSoon } from '../ui/frames.ts';
import { shapeOf } from './shapes.ts';

interface CloudProps {
  readonly shown: Survey;
  readonly facet: Facet | undefined;
  /** From the plane to the picture's own units. */
  readonly scale: (place: readonly [number, number]) => readonly [number, number];
  readonly width: number;
  readonly onPick: (point: number) => void;
}

const OPACITY = 0.55;
/** How near a click must be, in the picture's units. */
const NEAR = 10;

export function PointCloud(props: CloudProps) {
  const { facet, onPick, scale, shown, width } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current!;
    const redraw = (): void => draw(element, props);
    const wanted = (): void => drawSoon(redraw);
    const stop = effect(() => {
      themeVersion.value;
      wanted();
    });
    const sized = new ResizeObserver(wanted);
    sized.observe(element);
    return () => {
      stop();
      sized.disconnect();
      drawNever(redraw);
    };
  }, [shown, facet, scale]);
  const nearest = (x: number, y: number): number | undefined => {
    let [best, least]: [number | undefined, number] = [undefined, NEAR];
    for (let i = 0; i < shown.step.length; i++) {
      const [a, b] = scale([shown.places[2 * i]!, shown.places[2 * i + 1]!]);
      const away = Math.hypot(a - x, b - y);
      if (away < least) [best, least] = [i, away];
    }
    return best;
  };
  return (
    // Pointers only: a table has the same by keyboard.
    <canvas
      class="cloud"
      ref={canvas}
      onClick={({ currentTarget, offsetX, offsetY }) => {
        const unit = width / currentTarget.clientWidth;
        const point = nearest(offsetX * unit, offsetY * unit);
        if (point !== undefined) onPick(point);
      }}
    />
  );
}

function draw(canvas: HTMLCanvasElement, { facet, scale, shown, width }: CloudProps): void {
  const context = canvas.getContext('2d');
  if (!context || canvas.clientWidth === 0) return;
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  const unit = canvas.width / width;
  context.globalAlpha = OPACITY;
  const shapes = new Map<number, Path2D>();
  for (let i = 0; i < shown.step.length; i++) {
    const category = facet?.of[i] ?? 0;
    const shape = shapes.get(category) ?? new Path2D(shapeOf(category));
    shapes.set(category, shape);
    const [x, y] = scale([shown.places[2 * i]!, shown.places[2 * i + 1]!]);
    context.setTransform(unit, 0, 0, unit, x * unit, y * unit);
    context.fillStyle = colour(seriesColour(category));
    context.fill(shape);
  }
}
