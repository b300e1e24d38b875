// Accuracy and speed from and to.

import { Button } from '../ui/parts.tsx';
import { Popover } from './Popover.tsx';
import { query, RANGES, type RangeName, setRange } from './query.ts';

const ABOUT: Readonly<Record<RangeName, { title: string; unit: string; scale: number; most?: number }>> = {
  // Typed in per cent, kept as a share.
  accuracy: { title: 'Accuracy', unit: '%', scale: 100, most: 100 },
  speed: { title: 'Speed', unit: 'episodes/s', scale: 1 },
};

export function Ranges() {
  return (
    <>
      {RANGES.map((name) => (
        <Range key={name} name={name} />
      ))}
    </>
  );
}

function Range({ name }: { name: RangeName }) {
  const { most, scale, title, unit } = ABOUT[name];
  const range = query.value.ranges[name] ?? {};
  const isActive = range.low !== undefined || range.high !== undefined;
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : String(Number((value * scale).toPrecision(12)));
  const set = (end: 'low' | 'high', text: string): void => {
    const { [end]: _, ...other } = range;
    const value = Number(text) / scale;
    setRange(name, text === '' || !Number.isFinite(value) || value < 0 ? other : { ...other, [end]: value });
  };
  return (
    <Popover
      label={`Filter by ${title.toLowerCase()}`}
      isActive={isActive}
      title={
        <>
          {title}
          {isActive && (
            <b>
              {range.low === undefined ? '≤' : range.high === undefined ? '≥' : ''} {shown(range.low)}
              {range.low !== undefined && range.high !== undefined && '–'}
              {shown(range.high)}
            </b>
          )}
        </>
      }
    >
      <div class="runs-range">
        {(['low', 'high'] as const).map((end) => (
          <label class="field" key={end}>
            <span class="field-label">
              {end === 'low' ? 'At least' : 'At most'}, {unit}
            </span>
            <input
              class="input"
              type="number"
              min={0}
              max={most}
              step="any"
              value={shown(range[end])}
              onChange={({ currentTarget }) => set(end, currentTarget.value)}
            />
          </label>
        ))}
      </div>
      {isActive && (
        <Button kind="quiet" onClick={() => setRange(name, {})}>
          Any {title.toLowerCase()}
        </Button>
      )}
    </Popover>
  );
}
