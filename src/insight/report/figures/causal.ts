// What became of behaviour when the inside was changed.

import { dumbbellChart } from '../../../formats/svgDumbbells.ts';
import type { CausalResult } from '../../causal/causal.ts';
import type { PatchCell } from '../../causal/patching.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';
import { distinct, linesFigure, pooled, WIDTH } from './parts.ts';

export function causalFigures(
  { knockOuts, patching, steering, surgery }: CausalResult,
  levels: readonly string[],
): readonly Figure[] {
  return [
    ...patchFigures(patching, levels),
    ...steerFigure(steering, levels),
    ...surgeryFigure(surgery, levels),
    ...knockOutFigure(knockOuts, levels),
  ];
}

/** Which decides is a fact of the network; that it carries a plan takes more than an untrained network does. */
const DECIDES: Readonly<Record<CausalResult['patching']['decides'], string>> = {
  state: 'Beside random ones, the state alone decides what follows.',
  memory: 'Beside random ones, the encoded context alone decides what follows.',
  either: 'Beside random ones, either of state and encoded context alone decides what follows.',
  'both needed':
    'Neither state nor encoded context decides alone what follows, which takes half of all programs above random ones; both together do.',
  neither: 'Beside random ones, neither decides what follows.',
  'cannot be told': 'Which of the two decides what follows cannot be told.',
};

function patchFigures({ cells, decides }: CausalResult['patching'], levels: readonly string[]): Figure[] {
  const steps = distinct(cells, ({ step }) => step).sort((a, b) => a - b);
  const patches = distinct(cells, ({ patch }) => patch).filter((patch) => patch !== 'none');
  const lines = (share: (cell: PatchCell) => number) =>
    patches.map((name) => ({
      name,
      // What an untrained network's state or context does is told by name: it is the control that counts most.
      control: /random|another|blank|jostled|untrained both/.test(name),
      points: steps.map((step) => {
        const some = cells.filter((cell) => cell.patch === name && cell.step === step);
        return [step, pooled(some, ({ pairs }) => pairs, share)] as const;
      }),
    }));
  const table = {
    caption: 'Patches',
    header: [
      'level',
      '>before token',
      'taken from the donor',
      '>pairs',
      '>as the donor',
      '>as the host',
      '>neither',
      '>right for the donor',
      '>right for the host',
    ],
    rows: cells.map((cell) => [
      levels[cell.level] ?? String(cell.level),
      String(cell.step),
      cell.patch,
      String(cell.pairs),
      ...[cell.donor, cell.host, cell.neither, cell.rightForDonor, cell.rightForHost].map(decimal),
    ]),
  };
  const words = { xLabel: 'patched before token', yLabel: 'share' };
  return [
    ...linesFigure({
      ...words,
      title: 'Goes on as the donor',
      lines: lines(({ donor }) => donor),
      caption: `Before one token the agent’s state, its encoded context (memory) or both become those of another problem whose program began alike. The share that then writes the donor’s program to the last token, all levels; in grey the controls; an untrained network’s are patched in the same ways. ${DECIDES[decides]} What an untrained network’s does as often is no plan.`,
      table,
    }),
    ...linesFigure({
      ...words,
      title: 'Goes on as the host',
      lines: lines(({ host }) => host),
      caption: 'The same patches: the share that goes on as if nothing had been changed.',
      table,
    }),
  ];
}

function steerFigure({ cells }: CausalResult['steering'], levels: readonly string[]): Figure[] {
  const strengths = distinct(cells, ({ strength }) => strength).sort((a, b) => a - b);
  return linesFigure({
    title: 'Steered, and right',
    xLabel: 'strength, in spreads of the states',
    yLabel: 'takes the other order and is right',
    lines: distinct(cells, ({ push }) => push).map((push) => ({
      name: push,
      control: push === 'random' || push === 'shuffled' || push === 'away',
      points: strengths.map((strength) => {
        const some = cells.filter((cell) => cell.push === push && cell.strength === strength);
        return [
          strength,
          pooled(
            some,
            ({ problems }) => problems,
            (cell) => cell.flippedRight,
          ),
        ] as const;
      }),
    })),
    caption:
      'Where two orders are both right, a direction is added to the state before the first token: the probe’s, the difference of the means, the opposite one, one made from shuffled orders, or a random one of the same length. The share that then begins with the other part and ends with the right answer.',
    table: {
      caption: 'Steering',
      header: ['level', 'direction', '>strength', '>problems', '>other order', '>and right', '>right'],
      rows: cells.map((cell) => [
        levels[cell.level] ?? String(cell.level),
        cell.push,
        String(cell.strength),
        String(cell.problems),
        ...[cell.flipped, cell.flippedRight, cell.right].map(decimal),
      ]),
    },
  });
}

function surgeryFigure({ cells, loop }: CausalResult['surgery'], levels: readonly string[]): Figure[] {
  const changed = cells.filter(({ how }) => how === 'change');
  if (changed.length === 0) return [];
  return [
    {
      svg: dumbbellChart({
        title: 'Memory surgery',
        xLabel: 'share right',
        names: { value: 'memory changed', control: 'untouched' },
        width: WIDTH,
        rows: changed.map(({ after, before, level }) => ({
          name: levels[level] ?? String(level),
          value: after,
          interval: null,
          control: before,
        })),
      }),
      caption: `What the machine’s memory holds becomes something else once, while it holds something; ${loop} loop: the agent ${loop === 'open' ? 'is not' : 'is'} shown what its machine does. Who relies on the memory goes wrong.`,
      table: {
        caption: 'Memory surgery',
        header: ['level', 'surgery', '>episodes', '>right before', '>right after', '>noticed', '>forced by the mask'],
        rows: cells.map((cell) => [
          levels[cell.level] ?? String(cell.level),
          cell.how,
          String(cell.episodes),
          ...[cell.before, cell.after, cell.noticed, cell.forced].map(decimal),
        ]),
      },
    },
  ];
}

function knockOutFigure({ cells }: CausalResult['knockOuts'], levels: readonly string[]): Figure[] {
  const single = cells.flatMap(({ step, ...cell }) => (step === null ? [] : [{ ...cell, step }]));
  const steps = distinct(single, ({ step }) => step).sort((a, b) => a - b);
  return linesFigure({
    title: 'Taken away for one step',
    xLabel: 'before token',
    yLabel: 'share still right',
    lines: distinct(single, ({ what }) => what).map((what) => ({
      name: what,
      points: steps.map((step) => {
        const some = single.filter((cell) => cell.what === what && cell.step === step);
        return [
          step,
          pooled(
            some,
            ({ problems }) => problems,
            ({ after }) => after,
          ),
        ] as const;
      }),
    })),
    caption:
      'Attention, its choice of places or the pointer taken away before one token, or the encoded context from that token on: the share of answers that are still right, all levels.',
    table: {
      caption: 'Knock-outs',
      header: ['level', 'what', '>before token', '>problems', '>right before', '>right after', '>unchanged'],
      rows: cells.map((cell) => [
        levels[cell.level] ?? String(cell.level),
        cell.what,
        cell.step === null ? 'all' : String(cell.step),
        String(cell.problems),
        ...[cell.before, cell.after, cell.unchanged].map(decimal),
      ]),
    },
  });
}
