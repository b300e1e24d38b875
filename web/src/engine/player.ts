// Answers the page's questions on tasks and trained agents, beside the training and without holding it up.

import { audit, ceilingsOf, openAgent } from 'innerloop';
import { open } from './agents.ts';
import { play as playProblem, survey } from './plays.ts';
import type { Tell } from './probing.ts';
import type { FromPlayer, PlayerQuestion, PlayerQuestions, ToPlayer } from './protocol.ts';
import { sentence } from './sentence.ts';

type Answers = {
  readonly [Q in PlayerQuestion]: (
    question: PlayerQuestions[Q]['question'],
    tell: Tell,
  ) => PlayerQuestions[Q]['answer'] | Promise<PlayerQuestions[Q]['answer']>;
};

/** A script of its own: most visits never look so far inside. */
const prober = () => import('./prober.ts');

const ANSWERS: Answers = {
  open: ({ bytes, name }) => open(bytes, name),
  play: playProblem,
  survey,
  probe: async (agent, tell) => (await prober()).probe(agent, tell),
  read: async (question) => (await prober()).read(question),
  direct: async (question, tell) => (await prober()).direct(question, tell),
  credit: async (question) => (await prober()).credit(question),
  ceilings: ({ config, split }) => ceilingsOf(config, split),
  identity: async ({ bytes, name }) => {
    const { config, hash, progress } = await openAgent(bytes, { name });
    return { config, hash, update: progress.update };
  },
  audit: async (input, tell) => {
    for await (const event of audit(input)) {
      if (event.type === 'level') tell(event.done / event.of, event.figures.name);
      if (event.type === 'audited') return { levels: event.levels, findings: event.findings };
    }
    throw new Error('the audit came to no end');
  },
};

/** @returns who listens to the page. Questions are answered one after the other, in their order. */
export function play(post: (message: FromPlayer) => void): (message: ToPlayer) => void {
  let last: Promise<void> = Promise.resolve();
  return ({ id, kind, question }) => {
    last = last.then(async () => {
      try {
        const answer = await (ANSWERS[kind] as (question: unknown, tell: Tell) => unknown)(question, (done, what) =>
          post({ id, done, what }),
        );
        post({ id, answer: answer as PlayerQuestions[PlayerQuestion]['answer'] });
      } catch (error) {
        post({ id, error: sentence(error) });
      }
    });
  };
}
