// Memory surgery: what the machine keeps for the agent is emptied, or becomes something else, while it is needed. Who
// plans with a memory goes wrong; who looks at it may notice.

import type { Problem, StepOutput } from '../../tasks/task.ts';
import { stepOutput, TAMPERINGS, type Tampering } from '../../tasks/task.ts';
import { structureOf } from '../labels/episodeLabels.ts';
import type { Hooks, MachineView } from '../playback.ts';
import type { Criterion, Progress } from '../section.ts';
import type { Subject } from '../subject.ts';
import { batches, criterion, grouped, type Trial } from '../trials.ts';
import type { Own } from './pairs.ts';
import { SURGERY } from './streams.ts';

/** Share of right answers lost, beyond the control's, from which on the machine's memory is said to be in use. */
const USED = 0.5;
/** Share of episodes, beyond the control's, from which on the agent is said to notice. */
const NOTICES = 0.25;

/** Shares of one level's episodes whose memory was tampered with once, while it held something. */
export interface SurgeryCell {
  readonly level: number;
  readonly how: Tampering | 'when empty';
  readonly episodes: number;
  /** Right untouched; right after surgery. */
  readonly before: number;
  readonly after: number;
  /** Another token than untouched, at a moment where that token may still be chosen. */
  readonly noticed: number;
  /** Another token than untouched, for that token may no longer be chosen: the mask tells of the memory. */
  readonly forced: number;
}

export interface Surgery {
  readonly kind: 'surgery';
  /** `closed`: the agent is shown what became of its tokens. */
  readonly loop: 'open' | 'closed';
  readonly cells: readonly SurgeryCell[];
  readonly criteria: readonly Criterion[];
}

export interface SurgeryOptions {
  /** Problems of each level. Default 256. */
  readonly problems?: number;
  /** Default all of training. */
  readonly levels?: readonly number[];
}

interface Operated {
  readonly level: number;
  readonly how: SurgeryCell['how'];
  readonly structure: string;
  readonly before: boolean;
  readonly after: boolean;
  readonly noticed: boolean;
  readonly forced: boolean;
}

/** A task whose machine has no memory to tamper with has no cells, and nothing can be told. */
export function surgery(subject: Subject, options: SurgeryOptions = {}, progress?: Progress): Surgery {
  const { levels = subject.task.levels.map((_, level) => level), problems = 256 } = options;
  const random = subject.random('causal').fold(SURGERY);
  const all: Operated[] = [];
  for (const [i, level] of subject.extended.machine(1).tamper ? levels.entries() : []) {
    progress?.(i, levels.length, `surgery ${subject.task.levels[level]!.name}`);
    const chance = random.fold(level);
    for (const some of batches(subject.problems(level, 'test', problems, chance), subject.playback().lanes)) {
      const { held, own } = untouched(subject, some);
      // One moment for each episode, of those at which the memory held something, and of those at which it did not.
      const moment = (lane: number, full: boolean) => {
        const steps = [...own[lane]!.program.keys()].filter((step) => held[lane]!.has(step) === full);
        return steps.length > 0 ? steps[chance.fold(problems + lane).below(steps.length)] : undefined;
      };
      const full = some.map((_, lane) => moment(lane, true));
      const empty = some.map((_, lane) => (full[lane] === undefined ? undefined : moment(lane, false)));
      for (const how of TAMPERINGS) all.push(...operate(subject, own, how, how, full));
      all.push(...operate(subject, own, 'when empty', 'change', empty));
    }
  }
  return {
    kind: 'surgery',
    loop: subject.task.observation.length > 0 ? 'closed' : 'open',
    cells: Array.from(grouped(all, ({ how, level }) => `${level} ${how}`).values(), (some): SurgeryCell => {
      const share = (key: 'before' | 'after' | 'noticed' | 'forced') =>
        some.filter((one) => one[key]).length / some.length;
      return {
        level: some[0]!.level,
        how: some[0]!.how,
        episodes: some.length,
        before: share('before'),
        after: share('after'),
        noticed: share('noticed'),
        forced: share('forced'),
      };
    }),
    criteria: criteriaOf(all, (index) => random.fold(1000 + index)),
  };
}

/** Own play, and the steps before which the memory held anything: emptying it shows. */
function untouched(subject: Subject, problems: readonly Problem[]) {
  const scratch = stepOutput(subject.extended, 1);
  const held = problems.map(() => new Set<number>());
  const shown = (view: MachineView) => Array.from(view.lanes, (lane) => JSON.stringify(view.machine.describe(lane)));
  const played = subject.playback().play(problems, {
    choice: { kind: 'greedy' },
    hooks: {
      machine(view) {
        const [saved, before] = [view.machine.save(), shown(view)];
        for (const lane of view.lanes) view.machine.tamper!(lane, 'empty', scratch, 0);
        const after = shown(view);
        for (const [row, lane] of view.lanes.entries()) if (before[row] !== after[row]) held[lane]!.add(view.step);
        view.machine.restore(saved);
      },
    },
  });
  return { held, own: played.map(({ program, solved }, i): Own => ({ problem: problems[i]!, program, solved })) };
}

/** @param moments [lanes] the step before which a lane is tampered with; none where `undefined`. */
function operate(
  subject: Subject,
  own: readonly Own[],
  name: SurgeryCell['how'],
  how: Tampering,
  moments: readonly (number | undefined)[],
): Operated[] {
  const kept = [...own.keys()].filter((lane) => moments[lane] !== undefined);
  const those = kept.map((lane) => own[lane]!);
  /** By lane the first step at which the untouched token could not be chosen. */
  const barred = those.map(() => Infinity);
  const hooks: Hooks = {
    machine({ lanes, machine, out, step }) {
      for (const [row, lane] of lanes.entries()) {
        if (moments[kept[lane]!] === step) machine.tamper!(lane, how, out as StepOutput, row);
      }
    },
    choice({ lanes, legal, step }) {
      for (const [row, lane] of lanes.entries()) {
        const token = those[lane]!.program[step];
        if (token !== undefined && legal(row)[token] === 0) barred[lane] = Math.min(barred[lane]!, step);
      }
    },
  };
  const problems = those.map(({ problem }) => problem);
  return subject
    .playback()
    .play(problems, { choice: { kind: 'greedy' }, hooks })
    .map(({ program, solved }, lane) => {
      const own = those[lane]!;
      const fork = own.program.findIndex((token, i) => token !== program[i]);
      const differs = fork >= 0 || program.length > own.program.length;
      const forced = fork >= 0 && barred[lane]! <= fork;
      return {
        level: own.problem.level,
        how: name,
        structure: structureOf(subject.extended, own.problem),
        before: own.solved,
        after: solved,
        noticed: differs && !forced,
        forced,
      };
    });
}

/** It shows that the change itself does no harm; an agent that is shown its machine could even mind it. */
const CONTROL = 'memory changed while it is empty';

function criteriaOf(all: readonly Operated[], random: (index: number) => ReturnType<Subject['random']>): Criterion[] {
  const control = grouped(
    all.filter(({ how }) => how === 'when empty'),
    ({ structure }) => structure,
  );
  const trials = (how: Tampering, value: (one: Operated) => number) =>
    all
      .filter((one) => one.how === how)
      .map((one): Trial => {
        const still = control.get(one.structure) ?? [];
        const mean = still.reduce((sum, other) => sum + value(other), 0) / Math.max(1, still.length);
        return { structure: one.structure, number: value(one), control: mean };
      });
  const lost = ({ after, before }: Operated) => Number(before) - Number(after);
  const noticed = (one: Operated) => Number(one.noticed);
  return [
    criterion(
      {
        id: 'memory-in-use',
        question: 'Do answers depend on what the machine’s memory holds?',
        control: CONTROL,
        rule: `share of right answers lost when what the memory holds is changed, less the control's, by bootstrap over structures: met from ${USED} on`,
      },
      trials('change', lost),
      USED,
      random(0),
    ),
    criterion(
      {
        id: 'memory-loss-noticed',
        question: 'Does the agent notice that its memory was emptied, beyond what the mask forces on it?',
        control: CONTROL,
        rule: `share of episodes that go on otherwise while the old token could still be chosen, less the control's, by bootstrap over structures: met from ${NOTICES} on`,
      },
      trials('empty', noticed),
      NOTICES,
      random(1),
    ),
  ];
}
