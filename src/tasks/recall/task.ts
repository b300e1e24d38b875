// `recall`: POPGym's RepeatFirst, RepeatPrevious, Autoencode and CountRecall, where all that counts is what is
// remembered.

import { z } from 'zod';
import type { Task, Token } from '../task.ts';
import { createGame, DIFFICULTIES, deal, GAMES, type Game, type RecallProblem, UNSCORED } from './games.ts';
import { recallMachine } from './machine.ts';

export const recallOptions = z.strictObject({
  game: z.enum(GAMES).default('repeat-previous'),
  difficulty: z.enum(DIFFICULTIES).default('easy'),
  /** Whether levels of fewer cards come before POPGym's game, which is always the last. */
  ladder: z.boolean().default(false),
});

export const RECALL_TITLE = 'POPGym’s card games of memory: say what was dealt, paid at every step.';

/** Cards of a problem that its line shows. */
const LINE = 52;
/** Lower levels of a ladder, as thirteenths of all cards. */
const RUNGS = [1, 2, 3, 4, 6, 8, 10];

/**
 * A game as a closed loop. The first token fed, `DEAL`, marks the first card, and later ones tell the agent what it
 * answered: what POPGym's wrappers `Antialias` and `PreviousAction` add. Splits are not held apart: all are fresh
 * shuffles, of which a whole game has more than 10^14 (the lowest levels of a ladder have few).
 */
export function recallTask(options: Partial<z.output<typeof recallOptions>> = {}): Task<RecallProblem> {
  const { difficulty, game: name, ladder } = recallOptions.parse(options);
  const game = createGame(name, difficulty);
  const rungs = ladder ? RUNGS.map((part) => (game.cards / 13) * part) : [];
  const fewer = rungs.filter((cards) => cards >= game.fewest);
  const start = game.answers.length;
  const answers = game.answers.map((symbol): Token => ({ symbol, kind: 'tool' }));
  return {
    name: 'recall',
    title: RECALL_TITLE,
    vocabulary: [...answers, { symbol: 'DEAL', kind: 'control' }],
    start,
    padding: start,
    levels: [
      ...fewer.map((cards) => ({ name: `cards=${cards}`, goal: game.goal(cards) })),
      { name: `${name}-${difficulty}`, goal: game.goal(game.cards) },
    ],
    contextLimit: 1,
    programLimit: game.steps(game.cards),
    observation: game.observation.map(({ name, size }) => ({ name, size })),
    masked: true,
    sample: (level, _split, random) => deal(game, level, fewer[level] ?? game.cards, random),
    context: () => [start],
    machine: (lanes) => recallMachine(lanes, game),
    describe: (problem) => line(game, problem),
    teach: (problem) => game.right(problem).map((answer) => (answer === UNSCORED ? 0 : answer)),
  };
}

function line({ kinds }: Game, { cards, queries }: RecallProblem): string {
  const show = (deck: readonly number[]) => {
    const shown = deck.slice(0, LINE).map((kind) => kinds[kind]!);
    return `${shown.join(' ')}${deck.length > LINE ? ` … (${deck.length} cards)` : ''}`;
  };
  return queries ? `${show(cards)}, asked ${show(queries)}` : show(cards);
}
