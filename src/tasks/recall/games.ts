// POPGym's four games of pure memory (Morad et al. 2023, "POPGym: Benchmarking Partially Observable Reinforcement
// Learning"), as data: how many decks, what is shown and what is right. No answer changes what is dealt, so the cards
// alone say all that an episode shows and asks for.

import type { Random } from '../../core/random.ts';
import type { ObservationField, Problem } from '../task.ts';

export const GAMES = ['repeat-first', 'repeat-previous', 'autoencode', 'count-recall'] as const;
export type GameName = (typeof GAMES)[number];
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** Shuffled decks, by the kinds of their cards (places in `Game.kinds`) from the first dealt to the last. */
export interface RecallProblem extends Problem {
  readonly cards: readonly number[];
  /** CountRecall's second deck: the kinds asked for. */
  readonly queries?: readonly number[];
}

/** What is seen, with the names of its values. */
interface Shown extends ObservationField {
  readonly values: readonly string[];
}

/** A game at one difficulty. */
export interface Game {
  /** @param cards how many are dealt. */
  goal(cards: number): string;
  /** Kinds of card that are told apart; as many cards of each. */
  readonly kinds: readonly string[];
  /** Cards in all decks. */
  readonly cards: number;
  /** Cards of the shortest deal that has something to score. */
  readonly fewest: number;
  /** Whether a second deck says what is asked for. */
  readonly asks: boolean;
  readonly answers: readonly string[];
  readonly observation: readonly Shown[];
  /** Answers in an episode of so many cards. */
  steps(cards: number): number;
  /** How many of them are scored, each with ±1 ÷ this number. */
  scored(cards: number): number;
  /** The values of `observation` before answer t; for t = `steps` what the last answer ends with. */
  shown(problem: RecallProblem, t: number): readonly number[];
  /** The right answers, in order; `UNSCORED` where any will do. */
  right(problem: RecallProblem): readonly number[];
}

export const UNSCORED = -1;

const DECK = 52;
const COLOURS = ['black', 'red'];
const SUITS = ['♠', '♦', '♣', '♥'];
const RANKS = ['A', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'J', 'Q', 'K'];
/** Autoencode's phases, as POPGym numbers them. */
const PHASES = ['play', 'watch'];
const [PLAY, WATCH] = [0, 1];

type Sizes<T> = Readonly<Record<Difficulty, T>>;
const REPEAT_FIRST_DECKS: Sizes<number> = { easy: 1, medium: 8, hard: 16 };
const REPEAT_PREVIOUS: Sizes<{ readonly decks: number; readonly k: number }> = {
  easy: { decks: 1, k: 4 },
  medium: { decks: 2, k: 32 },
  hard: { decks: 3, k: 64 },
};
const AUTOENCODE_DECKS: Sizes<number> = { easy: 1, medium: 2, hard: 3 };
const COUNT_RECALL: Sizes<{ readonly decks: number; readonly kinds: readonly string[] }> = {
  easy: { decks: 1, kinds: COLOURS },
  medium: { decks: 2, kinds: SUITS },
  hard: { decks: 4, kinds: RANKS },
};

const times = <T>(count: number, value: (t: number) => T): T[] => Array.from({ length: count }, (_, t) => value(t));

/** What the three games of suits share. */
const SUIT_GAME = { kinds: SUITS, asks: false, answers: SUITS } as const;
const shown = (name: string, values: readonly string[]): Shown => ({ name, size: values.length, values });
const SUIT = shown('suit', SUITS);

/** Say the suit of the first card at every step. */
const repeatFirst = (decks: number): Game => ({
  ...SUIT_GAME,
  goal: (cards) => `the suit of the first of ${cards} cards, again at each card`,
  ...{ cards: DECK * decks, fewest: 2 },
  observation: [SUIT],
  steps: (cards) => cards - 1,
  scored: (cards) => cards - 1,
  shown: ({ cards }, t) => [cards[t]!],
  right: ({ cards }) => times(cards.length - 1, () => cards[0]!),
});

/** Say the suit of the card k − 1 steps before the one shown; nothing is scored until there is one. */
const repeatPrevious = ({ decks, k }: (typeof REPEAT_PREVIOUS)[Difficulty]): Game => ({
  ...SUIT_GAME,
  goal: (cards) => `the suit of the card ${k - 1} before the one shown, of ${cards} cards`,
  ...{ cards: DECK * decks, fewest: k + 1 },
  observation: [SUIT],
  steps: (cards) => cards - 1,
  scored: (cards) => cards - k,
  shown: ({ cards }, t) => [cards[t]!],
  right: ({ cards }) => times(cards.length - 1, (t) => cards[t - (k - 1)] ?? UNSCORED),
});

/** Watch all cards, then say their suits from the last to the first; while playing spades are shown, whatever was. */
const autoencode = (decks: number): Game => ({
  ...SUIT_GAME,
  goal: (cards) => `the suits of ${cards} cards, from the last to the first`,
  ...{ cards: DECK * decks, fewest: 1 },
  observation: [shown('phase', PHASES), SUIT],
  steps: (cards) => 2 * cards - 1,
  scored: (cards) => cards,
  shown: ({ cards }, t) => [t < cards.length - 1 ? WATCH : PLAY, cards[t] ?? 0],
  right({ cards }) {
    const last = cards.length - 1;
    return times(last + cards.length, (t) => (t < last ? UNSCORED : cards[2 * last - t]!));
  },
});

/** Say how many cards of the kind asked for have been dealt, the one shown included. */
const countRecall = ({ decks, kinds }: (typeof COUNT_RECALL)[Difficulty]): Game => ({
  goal: (cards) => `how many of the kind asked for were dealt, of ${cards} cards of ${kinds.length} kinds`,
  ...{ kinds, cards: DECK * decks, fewest: 2, asks: true },
  answers: times((DECK * decks) / kinds.length + 1, String),
  observation: [shown('card', kinds), shown('query', kinds)],
  steps: (cards) => cards - 1,
  scored: (cards) => cards - 1,
  shown: ({ cards, queries }, t) => [cards[t]!, queries![t]!],
  right({ cards, queries }) {
    const counts = kinds.map(() => 0);
    return times(cards.length - 1, (t) => {
      counts[cards[t]!]!++;
      return counts[queries![t]!]!;
    });
  },
});

const BUILD: Readonly<Record<GameName, (difficulty: Difficulty) => Game>> = {
  'repeat-first': (difficulty) => repeatFirst(REPEAT_FIRST_DECKS[difficulty]),
  'repeat-previous': (difficulty) => repeatPrevious(REPEAT_PREVIOUS[difficulty]),
  autoencode: (difficulty) => autoencode(AUTOENCODE_DECKS[difficulty]),
  'count-recall': (difficulty) => countRecall(COUNT_RECALL[difficulty]),
};

export const createGame = (name: GameName, difficulty: Difficulty): Game => BUILD[name](difficulty);

/** The first `count` cards of freshly shuffled decks. */
export function deal(game: Game, level: number, count: number, random: Random): RecallProblem {
  const shuffled = (): number[] => {
    const cards = times(game.cards, (i) => i % game.kinds.length);
    for (let left = cards.length; left > 1; left--) {
      const chosen = random.below(left);
      [cards[chosen], cards[left - 1]] = [cards[left - 1]!, cards[chosen]!];
    }
    return cards.slice(0, count);
  };
  const cards = shuffled();
  return game.asks ? { level, cards, queries: shuffled() } : { level, cards };
}
