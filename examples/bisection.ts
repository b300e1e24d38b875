// A task of one's own: find a hidden number by guessing, told only "higher" or "lower". There are just enough guesses
// for bisection, so to be always right the agent must discover it, and remember what it has been told.
// `npx node examples/bisection.ts` trains it in seconds. In a project of your own, import from 'innerloop'.

import { type Problem, scalarTask, train } from '../src/index.ts';

type Hidden = Problem & { readonly number: number };

const NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'] as const;
const ANSWERS = ['nothing yet', 'higher', 'lower', 'found'] as const;
/** Numbers from 1 to 3, 7 and 15, which 2, 3 and 4 guesses can tell apart. */
const LARGEST = [3, 7, 15];
/** Which half of the numbers is left: `innerloop insight` asks whether the agent's state tells. */
const half = ({ low, high }: { low: number; high: number }, { level }: Problem) =>
  high <= LARGEST[level]! / 2 ? 'lower' : low > (LARGEST[level]! + 1) / 2 ? 'upper' : 'both';

export const bisection = scalarTask({
  name: 'bisection',
  title: 'Find a hidden number in as few guesses as bisection needs.',
  symbols: [...NUMBERS, '?'],
  startSymbol: '?',
  levels: ['1 to 3 in 2 guesses', '1 to 7 in 3 guesses', '1 to 15 in 4 guesses'],
  contextLimit: 1,
  programLimit: 4,
  observation: [{ name: 'answer', size: ANSWERS.length }],
  sample: (level, _split, random): Hidden => ({ level, number: 1 + random.below(LARGEST[level]!) }),
  context: () => ['?'],
  start: ({ level }: Hidden) => ({ answer: 0, guesses: 0, low: 1, high: LARGEST[level]! }),
  step(state, symbol, { level, number }) {
    const guess = Number(symbol);
    const found = guess === number;
    const guesses = state.guesses + 1;
    const low = guess > number ? state.low : Math.max(state.low, found ? guess : guess + 1);
    const high = guess < number ? state.high : Math.min(state.high, found ? guess : guess - 1);
    // Paid for finding the number and, on the way, for every number ruled out.
    const reward = (found ? 1 : 0) + (state.high - state.low - (high - low)) / LARGEST[level]!;
    const answer = found ? 3 : guess < number ? 1 : 2;
    return { state: { answer, guesses, low, high }, reward, done: found || guesses === level + 2 };
  },
  solved: ({ answer }) => ANSWERS[answer] === 'found',
  observe: ({ answer }) => [answer],
  legal: (_state, { level }) => NUMBERS.slice(0, LARGEST[level]!),
  describeState: ({ answer, low, high }) => [
    ['answer', ANSWERS[answer]!],
    ['left', `${low} to ${high}`],
  ],
  labels: [{ name: 'half left', kind: 'state', values: ['both', 'lower', 'upper'], of: half }],
  describe: ({ level, number }) => `${number} of 1 to ${LARGEST[level]!}`,
});

if (import.meta.main) {
  // Discounting makes a number ruled out early worth more, and so the middle the best guess.
  for await (const event of train({ task: bisection, updates: 600, algorithm: { discount: 0.7 } })) {
    if (event.type === 'levelUnlocked') console.log(`update ${event.update}: ${event.name}`);
    if (event.type !== 'finished') continue;
    for (const { level, solved } of event.levels) console.log(`${bisection.levels[level]!.name}: ${solved} solved`);
    console.log(`${event.updates} updates, ${event.seconds.toFixed(1)} s`);
  }
}
