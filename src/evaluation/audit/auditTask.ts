// A task's flaws before any training: whether who maximises the reward solves the problem, whether the target can be
// reached, and how far one gets without sight of the problem.

import { Random } from '../../core/random.ts';
import { SPLITS, type Task } from '../../tasks/task.ts';
import { sameLevels } from './alike.ts';
import type { LevelFigures } from './figures.ts';
import { type Detail, type Finding, findingsOf } from './findings.ts';
import { type AuditBudget, levelFigures } from './levelFigures.ts';
import { sampled } from './support.ts';

export const AUDIT_BUDGET: AuditBudget = { programs: 20_000, tries: 1000, sights: 24, width: 16 };

/** What an audit tells, level by level and then as a whole. */
export type AuditEvent =
  | { readonly type: 'level'; readonly done: number; readonly of: number; readonly figures: LevelFigures }
  | { readonly type: 'audited'; readonly levels: readonly LevelFigures[]; readonly findings: readonly Finding[] };

/** Problems by which levels are compared. */
const DRAWN = 32;

/** Audits `task`; every call gives the same answer. */
export function* auditTask(task: Task, options: Partial<AuditBudget> = {}): Generator<AuditEvent, void> {
  const budget = { ...AUDIT_BUDGET, ...options };
  const of = task.levels.length;
  const levels: LevelFigures[] = [];
  const empty: Detail[] = [];
  for (let level = 0; level < of; level++) {
    const reason = emptiness(task, level);
    if (reason !== undefined) {
      empty.push({ level: task.levels[level]!.name, text: reason, value: 0, threshold: 1 });
      continue;
    }
    const figures = levelFigures(task, level, budget);
    levels.push(figures);
    yield { type: 'level', done: level + 1, of, figures };
  }
  const findings = [...shape(task, empty), ...findingsOf(levels, { observes: task.observation.length > 0 })];
  yield { type: 'audited', levels, findings };
}

/** Why no problem of `level` can be drawn, if none can. */
function emptiness(task: Task, level: number): string | undefined {
  try {
    for (const split of SPLITS) sampled(task, level, split, 1, Random.stream(0, 'evaluation'));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function shape(task: Task, empty: readonly Detail[]): readonly Finding[] {
  const findings: Finding[] = [];
  if (empty.length > 0) {
    findings.push({
      id: 'emptyLevel',
      severity: 'flaw',
      title: 'A level has no problems.',
      details: empty,
      hint: 'let `sample` answer a problem for every level, or leave the level out',
    });
    return findings;
  }
  const same = sameLevels(task, (level) => {
    const stream = Random.stream(0, 'evaluation');
    return Array.from({ length: DRAWN }, (_, i) => task.sample(level, 'train', stream.fold(i)));
  });
  if (same.length === 0) return findings;
  const name = (level: number) => task.levels[level]!.name;
  const details = same.map(([a, b]) => ({
    level: name(b),
    text: `of ${DRAWN} draws, all are those of ${name(a)}`,
    value: 1,
    threshold: 1,
  }));
  findings.push({
    id: 'sameLevels',
    severity: 'flaw',
    title: 'Two levels are the same.',
    details,
    hint: 'let `sample` and `context` depend on the level, or leave one of them out',
  });
  return findings;
}
