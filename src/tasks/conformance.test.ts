import { expect, test } from 'vitest';
import { calculatorTask } from './calculator/task.ts';
import { checkTask } from './conformance.ts';
import { expressionsTask } from './expressions/task.ts';
import { KEY } from './expressions/vocabulary.ts';
import { routesTask } from './routes/task.ts';
import { scalarTask } from './scalarTask.ts';
import type { Result } from './study.ts';
import { createTask, TASKS } from './table.ts';
import type { Machine, Problem, Task, Thoughts } from './task.ts';

test('every built-in task keeps its contract, ablated too', () => {
  for (const name of Object.keys(TASKS)) checkTask(createTask(name));
  checkTask(calculatorTask({ memory: false, milestones: 0 }), { problems: 20, seed: 1 });
});

const sound = calculatorTask();

/** `calculator` with some of its members broken. */
function broken(members: Partial<Task>): () => void {
  return () => checkTask({ ...sound, ...members } as Task);
}

/** `calculator` whose machine is altered. */
function brokenMachine(alter: (machine: Machine, lanes: number) => Partial<Machine>): () => void {
  return broken({
    machine: (lanes) => {
      const machine: Machine = sound.machine(lanes);
      return { ...machine, ...alter(machine, lanes) };
    },
  });
}

/** A mutant that alters what a step wrote, knowing the lanes of its rows. */
function brokenOutput(spoil: (out: Parameters<Machine['step']>[2], lanes: Int32Array) => void): () => void {
  return brokenMachine((machine) => ({
    step(lanes, actions, out) {
      machine.step(lanes, actions, out);
      spoil(out, lanes);
    },
  }));
}

test('a description that does not hold together is refused', () => {
  expect(broken({ start: 18 })).toThrow('start is a token id, not 18');
  expect(broken({ padding: -1 })).toThrow('padding is a token id');
  expect(broken({ vocabulary: [...sound.vocabulary, sound.vocabulary[0]!] })).toThrow('symbols are all different');
  expect(broken({ levels: [] })).toThrow('at least one level');
  expect(broken({ contextLimit: 5 })).toThrow('a context of 6 is within 1 to 5');
  expect(broken({ context: () => [18] })).toThrow('a context holds token ids, not 18');
  let calls = 0;
  expect(broken({ context: () => [calls++ % 10] })).toThrow('context is a pure function');
});

test('sampling that is impure, of another level or not plain is refused', () => {
  let calls = 0;
  const problem = (level: number): Problem => sound.parse!('3 4 5 6 7'.slice(0, 5 + 2 * level));
  expect(broken({ sample: (level) => ({ ...problem(level), call: calls++ }) as Problem })).toThrow('pure function');
  expect(broken({ sample: () => problem(0) })).toThrow('sampled at level 1 says level 0');
  const lossy = (level: number) => ({ ...problem(level), goal: { toJSON: () => 1, private: () => 2 } }) as Problem;
  expect(broken({ sample: lossy })).toThrow('problems are plain data');
});

test('outputs out of range or unwritten are refused', () => {
  expect(brokenOutput((out) => out.reward.fill(Number.POSITIVE_INFINITY))).toThrow('finite reward');
  expect(brokenOutput((out) => out.discount.fill(2))).toThrow('discount from 0 to 1');
  expect(brokenMachine(() => ({ step: () => {} }))).toThrow('finite reward');
  expect(brokenMachine((machine) => ({ solved: () => true, describe: machine.describe }))).toThrow(
    'solved is false while the episode runs',
  );
});

test('episodes that do not end, and ended lanes that go on, are refused', () => {
  expect(broken({ programLimit: 7 })).toThrow('every episode ends within 7 tokens');
  const patient = brokenMachine((machine) => ({
    step(lanes, actions, out) {
      try {
        machine.step(lanes, actions, out);
      } catch {
        out.discount.fill(0);
      }
    },
  }));
  expect(patient).toThrow('stepping a lane after its episode ended throws');
});

test('a lane that feels its company is refused', () => {
  expect(brokenOutput((out, lanes) => out.reward.fill(lanes.length, 0, 1))).toThrow('the same in any company');
  expect(
    brokenOutput((out, lanes) => {
      if (lanes[0]! > lanes.at(-1)!) out.reward.reverse(); // rows taken for lanes
    }),
  ).toThrow('the same in any company: stepped in reverse');
  expect(
    brokenMachine((machine) => {
      let resets = 0;
      return {
        reset(problems, out) {
          machine.reset(problems, out);
          out.reward.fill(resets++ > 3 ? 1 : 0); // what was before shows
        },
      };
    }),
  ).toThrow('reset forgets what was before');
});

test('saving that keeps too little, or keeps the living state, is refused', () => {
  expect(brokenMachine(() => ({ restore: () => {} }))).toThrow('restore goes back to what save answered');
  expect(brokenMachine(() => ({ save: () => () => 1 }))).toThrow('survives structuredClone');
  const partial = brokenMachine((machine) => ({
    restore(state) {
      const columns = (state as readonly Int32Array[]).map((column) => column.slice());
      columns[7]!.fill(0); // the accumulator
      machine.restore(columns);
    },
  }));
  expect(partial).toThrow('restore goes back to what save answered');
  const aliased = scalarTask<Problem, { count: number }, 'A' | 'B'>({
    name: 'aliased',
    title: 'Changes its state in place.',
    symbols: ['A', 'B'],
    startSymbol: 'A',
    levels: ['only'],
    contextLimit: 1,
    programLimit: 3,
    sample: (level) => ({ level }),
    context: () => ['A'],
    start: () => ({ count: 0 }),
    step(state) {
      state.count++;
      return { state, reward: state.count };
    },
    solved: () => false,
    describe: () => 'nothing',
  });
  expect(() => checkTask(aliased)).toThrow('restore goes back to what save answered');
});

test('observations and masks out of range are refused', () => {
  const task = (place: number, legal: readonly 'A'[]) =>
    scalarTask<Problem, number, 'A'>({
      name: 'small',
      title: 'One token.',
      symbols: ['A'],
      startSymbol: 'A',
      levels: ['only'],
      contextLimit: 1,
      programLimit: 2,
      observation: [{ name: 'place', size: 3 }],
      sample: (level) => ({ level }),
      context: () => ['A'],
      start: () => place,
      step: (state) => ({ state }),
      solved: () => false,
      observe: (state) => [state],
      legal: () => legal,
      describe: () => 'nothing',
    });
  expect(() => checkTask(task(2, ['A']))).not.toThrow();
  expect(() => checkTask(task(3, ['A']))).toThrow('observation place is within 0 to 2, not 3');
  expect(() => checkTask(task(0, []))).toThrow('at least one token');
});

test('hindsight and teaching that do not hold what they promise are refused', () => {
  const sound = expressionsTask({ operators: 2 });
  const broken = (members: Partial<Task>, trainable = () => true) => {
    return () => checkTask({ ...sound, ...members } as Task, { trainable });
  };
  expect(broken({})).not.toThrow();
  const { hindsight } = sound as unknown as Required<Task>;
  expect(
    broken({
      hindsight(problem, program, random) {
        const example = hindsight(problem, program, random);
        return example && { problem: example.problem, program: example.program.slice(0, -1) };
      },
    }),
  ).toThrow('a program of hindsight solves its problem');
  const { teach } = sound as unknown as Required<Task>;
  expect(broken({ hindsight: (problem) => ({ problem, program: teach(problem)! }) })).toThrow('has no hindsight');
  expect(
    broken({
      hindsight(problem, program, random) {
        const example = hindsight(problem, program, random);
        return example && { ...example, problem: { ...example.problem, level: 2 } };
      },
    }),
  ).toThrow('of a level of the task, not 2');
  let calls = 0;
  expect(broken({ hindsight: (problem, program) => (calls++ % 2 === 0 ? { problem, program } : undefined) })).toThrow(
    'hindsight is a pure function',
  );
  let seen = 0;
  expect(broken({}, () => seen++ < 2 * 8)).toThrow('hindsight makes only what may be trained on');
  expect(broken({}, () => false)).toThrow('draws for training only what may be trained on');
  expect(broken({ teach: () => [0, 15] })).toThrow('a taught program solves its problem');
  expect(broken({ teach: () => undefined })).not.toThrow();
});

test('thoughts that act, are not counted or are no tokens are refused', () => {
  const thinking = expressionsTask({ operators: 2, think: 2 });
  const told = (thoughts: Thoughts) => () => checkTask({ ...thinking, thoughts } as Task);
  expect(told({ token: 99, most: 2 })).toThrow('a thought is a token id, not 99');
  expect(told({ token: KEY.THINK, most: 0.5 })).toThrow('an integer of at least 0, not 0.5');
  expect(told({ token: KEY.THINK, most: 1 })).toThrow('a mask allows 1 thoughts, and 2 were taken');
  const acts = { token: KEY.ADD, most: 9 };
  expect(told(acts)).toThrow('thoughts leave the machine as it is');
  expect(() => checkTask({ ...thinking, extended: () => expressionsTask({ operators: 3, think: 3 }) } as Task)).toThrow(
    'an extension has the same tokens',
  );
});

test('what a task tells for reports is held to its word', () => {
  const { study } = expressionsTask({ operators: 3 });
  const telling = (members: Partial<Task>) => () =>
    checkTask({ ...expressionsTask({ operators: 3 }), ...members } as Task, { problems: 2 });
  const altered = (members: Partial<NonNullable<Task['study']>>) =>
    telling({ study: { ...study, ...members } as never });
  let calls = 0;
  const plain = { groups: {}, ceilings: {} };
  expect(telling({})).not.toThrow();
  expect(telling({ example: 'x0' })).toThrow('expected 1 to 3 operators');
  expect(altered({ analyse: () => ({ ...plain, shortest: calls++ }) })).toThrow('analyse is a pure function');
  expect(altered({ analyse: () => ({ ...plain, shortest: 99 }) })).toThrow('no taught program is shorter');
  expect(altered({ analyse: () => ({ ...plain, cluster: '' }) })).toThrow('a cluster has a name');
  const grouped = ({ level }: Problem) => ({ ...plain, groups: level > 0 ? { high: true } : {} });
  expect(altered({ analyse: grouped })).toThrow('the same groups and ceilings');
  expect(altered({ sets: [] })).toThrow('at least one set');
  expect(altered({ sets: study.sets.toReversed() as never })).toThrow('the first set is the test split');
  expect(altered({ sets: [study.sets[0], study.sets[0]] as never })).toThrow('names of sets differ');
  expect(altered({ verdicts: () => ({ lucky: calls++ % 2 === 0 }) })).toThrow('verdicts are a pure function');
  expect(altered({ bounds: { 'no memory': 'lucky' } })).toThrow('bounds name a ceiling and a verdict');
  const extended = (members: Partial<Task>) =>
    telling({ extended: () => ({ ...expressionsTask({ operators: 5 }), ...members }) as Task });
  expect(extended({})).not.toThrow();
  expect(extended({ start: 0 })).toThrow('the same tokens');
  expect(extended({ levels: [] })).toThrow('begins with the same levels');
  expect(extended({ programLimit: 3 })).toThrow('programs as long');
  expect(telling({ extended: () => expressionsTask({ operators: 5, split: 'class' }) as never })).toThrow(
    'samples the same problems',
  );
});

test('players without learning and regret are held to their word', () => {
  const sound = routesTask({ places: 5, links: 2 });
  const { baselines, regret } = sound.study!;
  const altered = (members: Partial<NonNullable<Task['study']>>) => () =>
    checkTask({ ...sound, study: { ...sound.study!, ...members } } as Task, { problems: 2 });
  const player = (play: () => Result) => ({ baselines: [{ name: 'one', about: '', play }] });
  let calls = 0;
  expect(altered({})).not.toThrow();
  expect(altered({ baselines: [baselines![0], baselines![0]] as never })).toThrow('names of baselines differ');
  expect(altered(player(() => ({ solved: false, reward: calls++, regret: 0 })))).toThrow('its stream alone');
  expect(altered(player(() => ({ solved: false, reward: Number.NaN, regret: 0 })))).toThrow('a finite reward');
  expect(altered(player(() => ({ solved: false, reward: 0 })))).toThrow('a regret of at least 0');
  expect(altered(player(() => ({ solved: false, reward: 0, regret: -1 })))).toThrow('a regret of at least 0');
  const counted = (of: () => number) => altered({ regret: { ...regret!, of } });
  expect(counted(() => Number.POSITIVE_INFINITY)).toThrow('regret is finite');
  expect(counted(() => calls++)).toThrow('regret is a pure function');
  expect(counted(() => 1)).toThrow('a taught program has no regret');
});
