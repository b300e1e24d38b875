import { beforeAll, describe, expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import { reportAsJson, reportSchema } from '../insight/report/report.ts';
import { insight } from './insight.ts';
import { train } from './train.ts';

/** Checkpoints of a moment's training on a task of one's own, which has no study and no labels. */
const checkpoints: Uint8Array[] = [];
beforeAll(async () => {
  const settings = { updates: 40, batch: 32, checkpoint: { every: 10 }, evaluation: { testProblems: 50 } };
  for await (const event of train({ task: bisection, ...settings, algorithm: { discount: 0.7 } })) {
    if (event.type === 'checkpoint') checkpoints.push(event.bytes);
  }
});

describe('of a task of one’s own', () => {
  test('the whole report is made, and its parts asked for alone say the same', async () => {
    const told: number[] = [];
    const history = checkpoints.slice(0, -1).map((bytes) => () => bytes);
    const options = { task: bisection, quick: true, history };
    const { report } = await insight(checkpoints.at(-1)!, { ...options, progress: (done) => told.push(done) });
    expect(reportSchema.safeParse(JSON.parse(reportAsJson(report))).error).toBeUndefined();
    expect(report.agent).toMatchObject({
      task: 'bisection',
      update: 40,
      levels: bisection.levels.map(({ name }) => name),
    });
    const parts = told.map((done) => Math.round(done * 1e6));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect([Math.min(...told) >= 0, Math.max(...told) <= 1]).toEqual([true, true]);
    const { report: part } = await insight(checkpoints.at(-1)!, { ...options, sections: ['thinking', 'emergence'] });
    const kinds = part.sections.map(({ kind }) => kind);
    expect(kinds).toEqual(['thinking', 'emergence']);
    expect(part.sections).toEqual(report.sections.filter(({ kind }) => kinds.includes(kind)));
    expect(part.claims.find(({ name }) => name === 'Planning')!.verdict).toBe('cannot be told');
  });

  test('without its task a checkpoint is refused', async () => {
    await expect(insight(checkpoints[0]!)).rejects.toThrow('bisection');
  });
});
