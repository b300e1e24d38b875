// The credit of every token, beside the token that decided.

import { dumbbellChart } from '../../../formats/svgDumbbells.ts';
import { matrixChart } from '../../../formats/svgMatrix.ts';
import { type CreditEpisode, type CreditResult, ESTIMATORS } from '../../credit.ts';
import type { Figure } from '../html.ts';
import { decimal } from '../words.ts';
import { WIDTH } from './parts.ts';

/** Episodes that are drawn. */
const SHOWN = 3;

export function creditFigures({ examples, rows }: CreditResult, levels: readonly string[]): readonly Figure[] {
  const summary: Figure[] =
    rows.length === 0
      ? []
      : [
          {
            svg: dumbbellChart({
              title: 'Does the blame fall where it belongs?',
              xLabel: 'share of lost episodes',
              names: { value: 'decider blamed most', control: 'its rank' },
              width: WIDTH,
              rows: rows.map(({ blamed, estimator, rank }) => ({
                name: estimator,
                value: blamed,
                interval: null,
                control: rank,
              })),
            }),
            caption:
              'How often the token that decided has the lowest advantage of its episode, and the share of the other tokens whose advantage is higher: a half by chance, and wherever all tokens get the same.',
            table: {
              caption: 'Estimators',
              header: ['estimator', '>lost episodes', '>blamed most', '>rank', '>its advantage', '>the others’'],
              rows: rows.map((row) => [
                row.estimator,
                String(row.episodes),
                ...[row.blamed, row.rank, row.decisive, row.others].map(decimal),
              ]),
            },
          },
        ];
  const lost = examples.filter(({ decisive }) => decisive !== null).slice(0, SHOWN);
  return [...summary, ...lost.map((episode) => episodeFigure(episode, levels))];
}

function episodeFigure(episode: CreditEpisode, levels: readonly string[]): Figure {
  const { advantages, decisive, level, problem, tokens, values } = episode;
  const all = ESTIMATORS.flatMap((estimator) => advantages[estimator].map(Math.abs));
  const name = levels[level] ?? String(level);
  return {
    svg: matrixChart({
      title: `A lost episode, ${name}`,
      xLabel: 'advantage by estimator',
      yLabel: 'token',
      columns: ['MC', 'GAE', 'GRPO', 'RLOO'],
      rows: tokens.map((token, i) => `${i === decisive ? '▸ ' : ''}${token}`),
      values: tokens.map((_, i) => ESTIMATORS.map((estimator) => advantages[estimator][i]!)),
      full: Math.max(...all, 1e-9),
      width: WIDTH,
    }),
    caption: `${problem}. Advantages in hundredths, blame in orange. After the token with the mark no program could succeed any more.`,
    table: {
      caption: `Advantages: ${problem}`,
      header: ['>step', 'token', '', '>value', ...ESTIMATORS.map((estimator) => `>${estimator}`)],
      rows: tokens.map((token, i) => [
        String(i),
        token,
        i === decisive ? 'decided' : '',
        decimal(values[i]),
        ...ESTIMATORS.map((estimator) => decimal(advantages[estimator][i])),
      ]),
    },
  };
}
