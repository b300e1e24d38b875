// What can be drawn of a run: its evaluations, and whatever its updates tell.

import type { TermName } from '../ui/glossary.ts';
import { percent, short, wholePercent } from '../ui/numbers.ts';
import type { Loaded } from './loader.ts';

/** `evaluated`, `evaluated.0` and so on are of evaluations; all others are fields of updates. */
const EVALUATED = 'evaluated';
export const USUAL = [EVALUATED, 'reward', 'entropy', 'valueLoss'] as const;

const NAMES: Readonly<Record<string, string>> = {
  evaluated: 'Solved in evaluations',
  solved: 'Solved while exploring',
  reward: 'Reward',
  entropy: 'Entropy of the policy',
  valueLoss: 'Value error',
  rewardSpread: 'Spread of the rewards',
  policyLoss: 'Policy loss',
  gradientNorm: 'Norm of the gradient',
  tokens: 'Tokens an episode',
  lanes: 'Problems practised',
  seconds: 'Seconds of training',
  episodes: 'Episodes',
  zeroSpreadGroups: 'Groups that taught nothing',
};

const TERMS: Readonly<Partial<Record<string, TermName>>> = {
  evaluated: 'evaluation',
  solved: 'solved',
  reward: 'reward',
  entropy: 'entropy',
  valueLoss: 'valueLoss',
  rewardSpread: 'rewardSpread',
  policyLoss: 'policyLoss',
  gradientNorm: 'gradientNorm',
  tokens: 'programLength',
  lanes: 'lanes',
  seconds: 'seconds',
  episodes: 'episode',
  zeroSpreadGroups: 'zeroSpreadGroups',
  surrogate: 'surrogate',
  hindsight: 'hindsight',
  selfImitation: 'selfImitation',
};

export interface Measure {
  readonly key: string;
  readonly title: string;
  readonly term?: TermName | undefined;
  /** From 0 to 1. */
  readonly isShare: boolean;
}

export function measure(key: string): Measure {
  const [stem = '', level] = key.split('.');
  const isShare = stem === EVALUATED || stem === 'solved';
  const numbered = /^\d+$/.test(level ?? '');
  const title = NAMES[stem] ?? key;
  const detail = numbered ? `, level ${Number(level) + 1}` : level === undefined ? '' : `, ${level}`;
  return {
    key,
    title: title === key ? key : `${title}${isShare && level === undefined ? ', mean of the levels' : detail}`,
    term: TERMS[stem],
    isShare,
  };
}

export const formatOf = ({ isShare }: Measure) => (isShare ? percent : short);
export const axisOf = ({ isShare }: Measure) => (isShare ? wholePercent : undefined);

/** What curves can be drawn over: each is told by every update and every evaluation. */
export const AXES = ['update', 'episodes', 'seconds'] as const;
export type Axis = (typeof AXES)[number];

/** Fields of the updates that a chart of `key` needs. */
export const fieldsFor = (key: string): readonly string[] => (key.split('.')[0] === EVALUATED ? [] : [key]);

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

const NONE: Points = { x: [], y: [] };

/** The points of a run's curve. @param zoom updates, whatever the axis. */
export function pointsOf(
  { detail, metrics }: Loaded,
  key: string,
  zoom?: readonly [number, number],
  axis: Axis = 'update',
): Points {
  const [stem, level] = key.split('.');
  if (stem === EVALUATED) return evaluated(detail?.evaluations ?? [], level, zoom, axis);
  if (!metrics) return NONE;
  const { fields, rows } = metrics;
  const columns = fields.flatMap((field, i) => (field === key || field.startsWith(`${key}.`) ? [rows[i]!] : []));
  if (columns.length === 0) return NONE;
  const x = rows[fields.indexOf(axis)] as readonly number[] | undefined;
  if (!x) return NONE;
  if (columns.length === 1) return { x, y: columns[0]! };
  return { x, y: x.map((_, row) => meanOf(columns.map((column) => column[row]!))) };
}

interface Level {
  readonly solved?: unknown;
}

type Line = Readonly<Record<Axis, number>> & { readonly levels: readonly Level[] };

function evaluated(
  lines: readonly unknown[],
  level: string | undefined,
  zoom: readonly [number, number] | undefined,
  axis: Axis,
): Points {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const line of lines as readonly Line[]) {
    if (zoom && (line.update < zoom[0] || line.update > zoom[1])) continue;
    const shares = line.levels.map((one) => (typeof one?.solved === 'number' ? one.solved : null));
    x.push(line[axis]);
    y.push(level === undefined ? meanOf(shares) : (shares[Number(level)] ?? null));
  }
  return { x, y };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** All that can be chosen for a chart of these runs. */
export function choices(all: readonly Loaded[]): readonly string[] {
  const fields = new Set(all.flatMap(({ metrics }) => metrics?.available ?? []));
  fields.delete('update');
  const stems = new Set([...fields].map((field) => field.split('.')[0]!));
  const levels = Math.max(0, ...all.map(({ detail }) => detail?.summary.levels.length ?? 0));
  const single = (stem: string): readonly string[] => [...fields].filter((field) => field.startsWith(`${stem}.`));
  return [
    EVALUATED,
    ...(levels > 1 ? Array.from({ length: levels }, (_, level) => `${EVALUATED}.${level}`) : []),
    ...[...stems].flatMap((stem) => {
      const parts = single(stem);
      // Of what is told level by level a mean is of use where it is of shares.
      return parts.length === 0 ? [stem] : [...(stem === 'solved' ? [stem] : []), ...parts];
    }),
  ];
}
