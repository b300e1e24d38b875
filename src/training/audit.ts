// The audit of a training that has not begun: its task, and whether its agent sees the problem and its algorithm learns
// from what counts.

import { createAgent } from '../agents/createAgent.ts';
import { Rollout } from '../agents/rollout.ts';
import { Trajectories } from '../agents/trajectories.ts';
import { Random } from '../core/random.ts';
import { auditTask, type AuditEvent as TaskAuditEvent } from '../evaluation/audit/auditTask.ts';
import type { Detail, Finding } from '../evaluation/audit/findings.ts';
import type { AuditBudget } from '../evaluation/audit/levelFigures.ts';
import { BLIND, ContextSwapper, companyShift } from '../evaluation/blindness.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { platform } from '../kernels/platform.ts';
import { Heap } from '../network/heap.ts';
import { WeightGradients } from '../network/weightGradients.ts';
import type { Problem, Task } from '../tasks/task.ts';
import { configure, type TrainInput, type Training } from './config.ts';

export type AuditEvent =
  | { readonly type: 'started'; readonly task: string; readonly preset: string; readonly levels: number }
  | TaskAuditEvent;

/** Problems by which an untrained agent is judged. */
const LANES = 16;

/**
 * Audits the training that `input` asks for, before any of it. The same for every seed but the agent's.
 * @throws InnerloopError as `train` does on a bad setting.
 */
export async function* audit(input: TrainInput, options: Partial<AuditBudget> = {}): AsyncGenerator<AuditEvent, void> {
  const training = configure(input);
  const { config, task } = training;
  yield { type: 'started', task: task.name, preset: config.preset, levels: task.levels.length };
  for (const event of auditTask(task, options)) {
    if (event.type !== 'audited') {
      yield event;
      continue;
    }
    const playable = event.findings.every(({ id }) => id !== 'emptyLevel');
    const about = playable ? await auditAgent(training) : [];
    yield { ...event, findings: [...event.findings, ...about] };
  }
}

/** What an untrained agent under this configuration shows. */
export async function auditAgent({ config, task }: Training): Promise<readonly Finding[]> {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: platform().wideTiles }));
  const agent = createAgent(heap, task, config.agent);
  agent.parameters.initialise(Random.stream(config.seed, 'initialisation'));
  agent.prepare();
  const findings: Finding[] = [];
  const add = (finding: Omit<Finding, 'details'>, details: readonly Detail[]): void => {
    if (details.length > 0) findings.push({ ...finding, details });
  };
  const swapper = new ContextSwapper(task, agent, LANES);
  add(
    {
      id: 'agentBlind',
      severity: 'flaw',
      title: 'The agent never sees its problem: in sight of another one’s context its policy stays the same.',
      hint: 'let every row see its own context: agent.context of row',
    },
    task.levels.flatMap(({ name }, level): Detail[] => {
      const swap = swapper.swap(drawn(task, level));
      if (!swap || swap.shift > BLIND) return [];
      const text = `with contexts swapped no log-probability moves by more than ${swap.shift === 0 ? 0 : swap.shift.toExponential(0)}`;
      return [{ level: name, text, value: swap.shift, threshold: BLIND }];
    }),
  );
  const mixed = task.levels.flatMap((_, level) => drawn(task, level).slice(0, 4));
  const shift = companyShift(task, agent, mixed);
  add(
    {
      id: 'company',
      severity: 'flaw',
      title: 'What an agent sees of a problem depends on the others in its batch.',
      hint: 'leave padding and other rows out of what a row sees: agent.context of row',
    },
    shift <= BLIND ? [] : [{ text: companyText(shift), value: shift, threshold: BLIND }],
  );
  const wasted = 'afterEnd' in config.algorithm && config.algorithm.afterEnd === 'train' ? tokensAfterEnd() : 0;
  add(
    {
      id: 'afterEnd',
      severity: 'caution',
      title: 'Tokens after the end of an episode are trained on, though they change nothing.',
      hint: 'leave them out: algorithm.afterEnd of mask',
    },
    wasted === 0
      ? []
      : [{ text: `${(wasted * 100).toFixed(1)} % of an untrained agent’s tokens`, value: wasted, threshold: 0 }],
  );
  return findings;

  /** Share of the tokens of sampled episodes that come after their end. */
  function tokensAfterEnd(): number {
    const problems = task.levels.flatMap((_, level) => drawn(task, level));
    const trajectories = new Trajectories(heap, problems.length, task.programLimit);
    const rollout = new Rollout(task, agent, new WeightGradients(heap), trajectories, 0, problems.length);
    const { key } = Random.stream(config.seed, 'policy');
    rollout.run(problems, { choice: { kind: 'sample', key }, afterEnd: 'train' });
    const { discounts, lanes, lengths, steps } = trajectories.arrays();
    let [after, all] = [0, 0];
    for (let lane = 0; lane < lanes; lane++) {
      const length = lengths[lane]!;
      const end = discounts.subarray(lane * steps, lane * steps + length).indexOf(0);
      all += length;
      if (end >= 0) after += length - 1 - end;
    }
    return after / all;
  }
}

const companyText = (shift: number): string =>
  `the log-probability of a token moves by up to ${shift.toPrecision(2)} when a problem is played without the others`;

function drawn(task: Task, level: number): Problem[] {
  const stream = Random.stream(0, 'evaluation').fold(level);
  return Array.from({ length: LANES }, (_, i) => task.sample(level, 'validation', stream.fold(i)));
}
