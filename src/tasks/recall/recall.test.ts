import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { checkTask } from '../conformance.ts';
import { stepOutput } from '../task.ts';
import { createGame, DIFFICULTIES, type Difficulty, deal, GAMES, type GameName, type RecallProblem } from './games.ts';
import { recallTask } from './task.ts';

const EVERY = GAMES.flatMap((game) => DIFFICULTIES.map((difficulty) => [game, difficulty] as const));
const [SPADE, DIAMOND, CLUB, HEART] = [0, 1, 2, 3];

function problemOf(name: GameName, difficulty: Difficulty): RecallProblem {
  const game = createGame(name, difficulty);
  return deal(game, 0, game.cards, Random.stream(1, 'task'));
}

/** Plays `program` to the end; answers what was shown before each token and after the last, and what was paid. */
function play(game: GameName, difficulty: Difficulty, problem: RecallProblem, program: readonly number[]) {
  const task = recallTask({ game, difficulty });
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  const shown = [[...out.observation]];
  const rewards: number[] = [];
  for (const action of program) {
    machine.step(Int32Array.of(0), Int32Array.of(action), out);
    shown.push([...out.observation]);
    rewards.push(out.reward[0]!);
  }
  const total = rewards.reduce((sum, reward) => sum + reward, 0);
  return { shown, rewards, total, ended: out.discount[0] === 0, solved: machine.solved(0) };
}

/** Mean over uniform answers of an episode's return: of each step, since no answer changes what follows. */
function expectedOfUniform(game: GameName, difficulty: Difficulty, problem: RecallProblem): number {
  const task = recallTask({ game, difficulty });
  const machine = task.machine(1);
  const out = stepOutput(task, 1);
  machine.reset([problem], out);
  let total = 0;
  for (let t = 0; t < task.programLimit; t++) {
    const legal = [...out.legal].flatMap((one, token) => (one === 1 ? [token] : []));
    const before = machine.save();
    for (const action of legal) {
      machine.restore(before);
      machine.step(Int32Array.of(0), Int32Array.of(action), out);
      total += out.reward[0]! / legal.length;
    }
  }
  expect(out.discount[0]).toBe(0);
  return total;
}

/** Rewards in units of 1 ÷ `scored`. */
const inShares = (rewards: readonly number[], scored: number) =>
  rewards.map((reward) => Math.round(reward * scored * 1e5) / 1e5);

test.each(GAMES)('%s meets the contract', (game) => checkTask(recallTask({ game }), { problems: 1 }));

test.each([
  ['repeat-first', 'easy', 52, 51, 51, 4],
  ['repeat-first', 'medium', 416, 415, 415, 4],
  ['repeat-first', 'hard', 832, 831, 831, 4],
  ['repeat-previous', 'easy', 52, 51, 48, 4],
  ['repeat-previous', 'medium', 104, 103, 72, 4],
  ['repeat-previous', 'hard', 156, 155, 92, 4],
  ['autoencode', 'easy', 52, 103, 52, 4],
  ['autoencode', 'medium', 104, 207, 104, 4],
  ['autoencode', 'hard', 156, 311, 156, 4],
  ['count-recall', 'easy', 52, 51, 51, 27],
  ['count-recall', 'medium', 104, 103, 103, 27],
  ['count-recall', 'hard', 208, 207, 207, 17],
] as const)('%s %s: %i cards, %i steps, %i scored, %i answers', (name, difficulty, cards, steps, scored, answers) => {
  const game = createGame(name, difficulty);
  expect([game.cards, game.answers.length]).toEqual([cards, answers]);
  expect([game.steps(cards), game.scored(cards)]).toEqual([steps, scored]);
  expect(recallTask({ game: name, difficulty }).programLimit).toBe(steps);
  const problem = problemOf(name, difficulty);
  for (const deck of [problem.cards, ...(problem.queries ? [problem.queries] : [])]) {
    const counts = game.kinds.map((_, kind) => deck.filter((card) => card === kind).length);
    expect(counts).toEqual(game.kinds.map(() => cards / game.kinds.length));
  }
});

test.each(EVERY)('%s %s: 1 for a player that is always right, −1 for one that never is', (game, difficulty) => {
  const task = recallTask({ game, difficulty });
  const problem = problemOf(game, difficulty);
  const right = task.teach!(problem)!;
  const perfect = play(game, difficulty, problem, right);
  expect(perfect.total).toBeCloseTo(1, 6);
  expect(perfect.total).toBeLessThanOrEqual(1);
  expect([perfect.ended, perfect.solved]).toEqual([true, true]);
  const answers = task.vocabulary.length - 1;
  const wrong = right.map((answer) => (answer + 1) % answers);
  const never = play(game, difficulty, problem, wrong);
  expect(never.total).toBeCloseTo(-1, 6);
  expect(never.total).toBeGreaterThanOrEqual(-1);
  expect([never.ended, never.solved]).toEqual([true, false]);
  const slip = right.with(-1, wrong.at(-1)!);
  expect(play(game, difficulty, problem, slip).solved).toBe(false);
});

test.each(EVERY)('%s %s: what uniformly random answers earn in expectation', (game, difficulty) => {
  const answers = createGame(game, difficulty).answers.length;
  const expected = { 4: -0.5, 27: 2 / 27 - 1, 17: 2 / 17 - 1 }[answers]!;
  expect(expectedOfUniform(game, difficulty, problemOf(game, difficulty))).toBeCloseTo(expected, 6);
});

/** A whole deck by suits: the cards given, then what is left of 13 each, spades first. */
function deckFrom(first: readonly number[]): number[] {
  const left = [SPADE, DIAMOND, CLUB, HEART].flatMap((suit) =>
    new Array<number>(13 - first.filter((one) => one === suit).length).fill(suit),
  );
  return [...first, ...left];
}

test('repeat-first, by hand: the first card’s suit at the first card already', () => {
  const cards = deckFrom([CLUB, HEART, SPADE]);
  const { rewards, shown } = play('repeat-first', 'easy', { level: 0, cards }, [CLUB, HEART, CLUB]);
  expect(shown).toEqual([[CLUB], [HEART], [SPADE], [SPADE]]);
  expect(inShares(rewards, 51)).toEqual([1, -1, 1]);
});

test('repeat-previous, by hand: from the fourth card on, three back', () => {
  const cards = deckFrom([CLUB, HEART, SPADE, DIAMOND, DIAMOND]);
  const program = [SPADE, SPADE, SPADE, CLUB, HEART, HEART];
  const { rewards } = play('repeat-previous', 'easy', { level: 0, cards }, program);
  expect(inShares(rewards, 48)).toEqual([0, 0, 0, 1, 1, -1]);
});

test('autoencode, by hand: the last card is shown with the call to play, then spades', () => {
  const cards = deckFrom([HEART]).toReversed();
  const watching = new Array<number>(51).fill(HEART);
  const { rewards, shown } = play('autoencode', 'easy', { level: 0, cards }, [...watching, HEART, HEART, SPADE]);
  const [WATCH, PLAY] = [1, 0];
  expect(shown[0]).toEqual([WATCH, HEART]);
  expect(shown.slice(49)).toEqual([
    [WATCH, SPADE],
    [WATCH, SPADE],
    [PLAY, HEART],
    [PLAY, SPADE],
    [PLAY, SPADE],
    [PLAY, SPADE],
  ]);
  expect(rewards.slice(0, 51)).toEqual(new Array<number>(51).fill(0));
  expect(inShares(rewards.slice(51), 52)).toEqual([1, -1, 1]);
});

test('what a lane tells people: what is shown, how far it is, and what to say', () => {
  const machine = recallTask({ game: 'autoencode', ladder: true }).machine(1);
  const out = stepOutput(recallTask({ game: 'autoencode' }), 1);
  machine.reset([{ level: 0, cards: [HEART, CLUB, SPADE, DIAMOND] }], out);
  const told = () =>
    machine
      .describe(0)
      .map(([label, value]) => `${label} ${value}`)
      .join(', ');
  const say = (action: number) => machine.step(Int32Array.of(0), Int32Array.of(action), out);
  expect(told()).toBe('phase watch, suit ♥, answers 0 of 7, right 0 of 4, to say –');
  for (const action of [SPADE, SPADE, SPADE]) say(action);
  expect(told()).toBe('phase play, suit ♦, answers 3 of 7, right 0 of 4, to say ♦');
  for (const action of [DIAMOND, HEART, CLUB, HEART]) say(action);
  expect(told()).toBe('phase play, suit ♠, answers 7 of 7, right 3 of 4, to say –');
});

test('count-recall, by hand: the card shown counts', () => {
  const cards = [0, 0, 1, 1, 0, ...new Array<number>(47).fill(0)];
  const queries = [0, 1, 0, 1, 0, ...new Array<number>(47).fill(1)];
  const { rewards, shown } = play('count-recall', 'easy', { level: 0, cards, queries }, [1, 0, 2, 1, 3]);
  expect(shown.slice(0, 4)).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(inShares(rewards, 51)).toEqual([1, 1, 1, -1, 1]);
});

test('nobody may answer DEAL, which is fed before the first answer', () => {
  const task = recallTask();
  expect(task.vocabulary.map(({ symbol }) => symbol)).toEqual(['♠', '♦', '♣', '♥', 'DEAL']);
  expect(task.start).toBe(4);
  const out = stepOutput(task, 1);
  task.machine(1).reset([task.sample(0, 'train', Random.stream(0, 'task'))], out);
  expect([...out.legal]).toEqual([1, 1, 1, 1, 0]);
});

test('a problem’s line shows at most 52 cards of each deck', () => {
  const task = recallTask({ game: 'count-recall', difficulty: 'medium' });
  const line = task.describe(task.sample(0, 'test', Random.stream(0, 'task')));
  expect(line).toMatch(/^([♠♦♣♥] ){52}… \(104 cards\), asked ([♠♦♣♥] ){52}… \(104 cards\)$/u);
});

test('a ladder has levels of fewer cards below the whole game, each paid in full', () => {
  expect(recallTask({ game: 'autoencode' }).levels.map(({ name }) => name)).toEqual(['autoencode-easy']);
  const task = recallTask({ game: 'autoencode', ladder: true });
  const fewer = [4, 8, 12, 16, 24, 32, 40];
  expect(task.levels.map(({ name }) => name)).toEqual([...fewer.map((cards) => `cards=${cards}`), 'autoencode-easy']);
  const random = Random.stream(0, 'task');
  for (const [level, cards] of [...fewer, 52].entries()) {
    const problem = task.sample(level, 'train', random.fold(level));
    expect(problem.cards.length).toBe(cards);
    const { ended, shown, solved, total } = play('autoencode', 'easy', problem, task.teach!(problem)!);
    expect([ended, solved, shown.length]).toEqual([true, true, 2 * cards]);
    expect(total).toBeCloseTo(1, 6);
  }
});

test('a ladder begins where there is something to score, and meets the contract', () => {
  const names = recallTask({ game: 'repeat-previous', difficulty: 'hard', ladder: true }).levels;
  expect(names.map(({ name }) => name)).toEqual(['cards=72', 'cards=96', 'cards=120', 'repeat-previous-hard']);
  checkTask(recallTask({ game: 'repeat-previous', ladder: true }), { problems: 1 });
});
