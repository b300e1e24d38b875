// What is drawn over the curves: exact bounds, things that happened, and names at the ends of lines.

import type uPlot from 'uplot';
import { colour } from '../colours.ts';
import type { ChartData, ChartMark, ChartProps } from './Chart.tsx';

const SMALL = 11;
/** Least distance between two names at the right edge. */
const APART = 13;

export function drawOver(u: uPlot, { series }: ChartProps, data: ChartData): void {
  const { ctx } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `600 ${SMALL * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  drawLines(u, data, ratio);
  for (const mark of data.marks ?? []) drawMark(u, mark, ratio);
  drawTags(u, series, data, ratio);
  ctx.restore();
}

function drawLines({ bbox, ctx, valToPos }: uPlot, { lines = [] }: ChartData, ratio: number): void {
  ctx.save();
  ctx.font = `400 ${SMALL * ratio}px system-ui, sans-serif`;
  for (const { colour: name, label, y } of lines) {
    const at = Math.round(valToPos(y, 'y', true));
    ctx.strokeStyle = colour(name);
    ctx.lineWidth = 1.5 * ratio;
    // Dots: dashes are a second curve's.
    ctx.setLineDash([1.5 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
    ctx.stroke();
    if (label === '') continue;
    const width = ctx.measureText(label).width;
    if (width + 16 * ratio > bbox.width) continue;
    // On its line, at the left, where no curve has come far yet; under it where there is no room above.
    const room = at - bbox.top > 2 * APART * ratio;
    const middle = at + (room ? -1 : 1) * 9 * ratio;
    const left = bbox.left + 6 * ratio;
    ctx.textAlign = 'left';
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = colour('--surface');
    ctx.fillRect(left - 2 * ratio, middle - 7 * ratio, width + 4 * ratio, 14 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour('--muted');
    ctx.fillText(label, left, middle);
  }
  ctx.restore();
}

/** A triangle for a warning, a dot for a note, a step for a level that opened; told apart by shape. */
function drawMark({ bbox, ctx, valToPos }: uPlot, { kind, x }: ChartMark, ratio: number): void {
  const at = valToPos(x, 'x', true);
  if (at < bbox.left || at > bbox.left + bbox.width) return;
  ctx.save();
  const stroke = colour(kind === 'warning' ? '--bad' : '--line-strong');
  ctx.strokeStyle = stroke;
  ctx.fillStyle = stroke;
  ctx.lineWidth = ratio;
  ctx.setLineDash(kind === 'unlock' ? [2 * ratio, 3 * ratio] : []);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.globalAlpha = 0.6;
  ctx.stroke();
  ctx.globalAlpha = 1;
  const size = 5 * ratio;
  ctx.beginPath();
  if (kind === 'warning') {
    ctx.moveTo(at, bbox.top - size * 1.6);
    ctx.lineTo(at + size, bbox.top);
    ctx.lineTo(at - size, bbox.top);
  } else if (kind === 'note') {
    ctx.arc(at, bbox.top - size * 0.7, size * 0.7, 0, 2 * Math.PI);
  }
  ctx.fill();
  ctx.restore();
}

function drawTags(
  { bbox, ctx, valToPos }: uPlot,
  series: ChartProps['series'],
  { tagsAt, y }: ChartData,
  ratio: number,
): void {
  const tags = series.flatMap(({ colour: name, tag }, i) => {
    const last = tagsAt ? tagsAt[i] : y[i]?.findLast((value) => value !== null);
    return tag === undefined || last === null || last === undefined
      ? []
      : [{ tag, name, at: valToPos(last, 'y', true) }];
  });
  tags.sort((a, b) => a.at - b.at);
  const low = bbox.top + bbox.height;
  // From the top down each below the one before, then back up from the bottom.
  for (let i = 1; i < tags.length; i++) tags[i]!.at = Math.max(tags[i]!.at, tags[i - 1]!.at + APART * ratio);
  for (let i = tags.length - 1, limit = low; i >= 0; i--, limit = tags[i + 1]!.at - APART * ratio) {
    tags[i]!.at = Math.min(tags[i]!.at, limit);
  }
  ctx.textAlign = 'left';
  for (const { at, name, tag } of tags) {
    ctx.fillStyle = colour(name);
    ctx.fillText(tag, bbox.left + bbox.width + 6 * ratio, at);
  }
}
