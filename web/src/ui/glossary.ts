// Terms of the field in plain words, a sentence or two each. Settings are looked up by the last part of their path.

const ENTRIES = {
  task: 'What the agent has to do: its problems, its tools, and the rule that says right or wrong.',
  preset: 'A named configuration that has been tried. Everything below starts from it.',
  seed: 'All chance comes from this number: the same number gives the same training to the last bit.',
  algorithm: 'How the agent changes itself by what came of its tries.',
  curriculum: 'Who decides which level is practised next.',
  agent: 'The network: how it reads a problem, what it remembers, how it chooses.',
  hidden: 'Width of the network’s state: more numbers hold more, and take longer.',
  embedding: 'Numbers that stand for one token.',
  updates: 'How often the network is changed, at the most.',
  update: 'One round of trying a batch of problems and changing the network by what came of it.',
  batch: 'Problems tried for each update.',
  episode: 'One problem from its first token to its end.',
  token: 'One symbol of a program: a number’s name, a tool, or the end.',
  level: 'A rung of the task’s ladder: later ones ask for more.',
  policy: 'How likely the agent finds each token next.',
  entropy: 'How undecided the agent is at each token, in nats: 0 is sure of itself, higher tries more.',
  valueLoss: 'How far off the agent is when it foretells its own reward, squared.',
  value: 'The reward that the agent expects from here on.',
  reward: 'What an episode is paid. It steers learning, and is not the same as being right.',
  solved: 'The share of problems whose answer is exactly right.',
  ceiling:
    'The most that somebody who lacks something (memory, the sight of the problem) could solve. Exact, not estimated.',
  curriculumMix: 'Which share of the problems each level gets at the moment.',
  interval: 'Where the true share lies in 95 of 100 such measurements.',
  hash: 'A fingerprint of all numbers of the network (SHA-256). Equal fingerprints are equal networks.',
  rate: 'How big a step each update takes.',
  discount: 'How much a reward counts for what was done one token earlier.',
  lambda: 'Whether credit comes from what was seen to happen (1) or from what was expected (0).',
  baseline: 'What a result is compared with to call it better than expected.',
  clip: 'A limit beyond which a change no longer counts.',
  uniform: 'How strongly the policy is pulled towards trying everything.',
  hindsight: 'A program that missed its problem is an example for the problem that it did solve.',
  selfImitation: 'The agent learns again from its own past successes.',
  optimiser: 'Adam, which turns gradients into steps.',
  evaluation: 'Problems that training never sees, answered without chance.',
  stop: 'Training ends early once every level is solved this well.',
  checkpoint: 'The whole state of a training as a file, to go on from or to look into.',
  memory: 'A place where the machine keeps a number for later.',
  milestones: 'Part of the reward is paid for intermediate results.',
  threshold: 'The share solved from which on the next level opens.',
  group: 'Tries of one and the same problem, compared with each other.',
  epochs: 'How often one batch is gone over.',
  operators: 'How long expressions get: the count of +, −, ×.',
  loop: 'Open: the whole program is planned before anything is seen. Closed: the machine is seen after each token.',
  mask: 'Tokens that cannot act now may not be chosen.',
  attention: 'The agent looks back at single tokens of its problem.',
  pointer: 'The agent can point at a token of its problem to use it.',
  context: 'The tokens of the problem that the agent is shown.',
  testProblems:
    'Problems that an agent is judged by: the same ones every time for one seed. Where a task holds problems out, training never sees them.',
  programLine: 'What the agent answers: token after token, until it says that it is done.',
  probability: 'How likely the agent found this token when it chose it.',
  projection:
    'The plane in which the states of all these episodes differ most (principal components). Points that are close are states that are alike.',
  pending: 'The operation that waits for its second number.',
  intervention: 'Something done to the agent or its machine in the middle of an episode, to see what depends on it.',
  probe:
    'A simple reader that is taught, on some episodes, to tell something from the agent’s state, and tried on others.',
  selectivity:
    'How much oftener the state tells it than the best control does: the inputs alone, an untrained network, shuffled answers, or the commonest answer.',
  inputsAlone:
    'A probe that is shown the problem and the tokens so far, but nothing of the agent. What it tells needs no agent.',
  deviation: 'How far states usually lie from their mean along this direction: 1 is common, 5 is far out.',
  credit: 'How much better than expected a token is held to have been. Learning makes tokens with credit likelier.',
  hiddenState: 'The numbers that the network carries from token to token: all that it knows of its plan.',
} as const satisfies Record<string, string>;

export type TermName = keyof typeof ENTRIES;

export const GLOSSARY: Readonly<Record<TermName, string>> = ENTRIES;

/** The entry of a setting, by the last part of its path. */
export const termOf = (path: string): TermName | undefined => {
  const key = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(ENTRIES, key) ? (key as TermName) : undefined;
};
