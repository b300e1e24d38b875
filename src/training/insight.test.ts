import { beforeAll, describe, expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import type { DecodeResult } from '../insight/decode.ts';
import { reportAsJson, reportSchema } from '../insight/report/report.ts';
import type { ThinkingResult } from '../insight/thinking.ts';
import type { ToolsResult } from '../insight/tools.ts';
import { insight } from './insight.ts';
import { train } from './train.ts';

/** Checkpoints of a moment's training on a task of one's own, which has no study. */
const checkpoints: Uint8Array[] = [];
beforeAll(async () => {
  const settings = { updates: 40, batch: 32, checkpoint: { every: 10 }, evaluation: { testProblems: 50 } };
  for await (const event of train({ task: bisection, ...settings, algorithm: { discount: 0.7 } })) {
    if (event.type === 'checkpoint') checkpoints.push(event.bytes);
  }
});

/** The newest checkpoint of a moment's training. */
async function checkpointOf(settings: Parameters<typeof train>[0]): Promise<Uint8Array> {
  let newest: Uint8Array | undefined;
  for await (const event of train({ ...settings, evaluation: { testProblems: 20 } }))
    if (event.type === 'checkpoint') newest = event.bytes;
  return newest!;
}

test('an agent that was trained without memory is a control of every probe, and of no tool but memory', async () => {
  const [own, without] = await Promise.all(
    ['default', 'no-memory'].map((preset) => checkpointOf({ task: 'calculator', preset, updates: 2 })),
  );
  const sections = ['decode', 'tools'] as const;
  const { report } = await insight(own!, { quick: true, sections, memoryless: without! });
  const [decoded, taken] = report.sections as [DecodeResult, ToolsResult];
  const probed = [...decoded.ahead, ...decoded.labels.flatMap(({ cells }) => cells)];
  expect(probed.length).toBeGreaterThan(10);
  for (const { accuracy } of probed) expect(accuracy).toHaveProperty('memoryless');
  expect(taken.cells.every(({ trained, without }) => (trained === null) === (without !== 'memory'))).toBe(true);
  await expect(insight(own!, { quick: true, sections, memoryless: own! })).rejects.toThrow('trained without memory');
});

test.each([
  // Two levels of training, and two beyond.
  ['routes', [1, 2, 3, 4]],
  ['expressions', [4, 5, 6, 7]],
] as const)(
  'agents of %s that were trained with thoughts are played beside the one that was not, on the same problems',
  async (task, levels) => {
    const [own, thinks] = await Promise.all(
      ['default', 'think-4'].map((preset) => checkpointOf({ task, preset, updates: 1, batch: 32 })),
    );
    const options = { quick: true, sections: ['thinking'] } as const;
    const { report } = await insight(own!, { ...options, thinkers: [thinks!] });
    const [{ trained }] = report.sections as [ThinkingResult];
    expect(trained.map(({ level, thoughts }) => [level, thoughts])).toEqual(
      levels.flatMap((level) => [null, 0, 1, 2, 3, 4].map((thoughts) => [level, thoughts])),
    );
    for (const { name, without } of trained) expect([name, without === null]).toEqual(['think-4, seed 0', false]);
    await expect(insight(own!, { ...options, thinkers: [own!] })).rejects.toThrow('trained with thoughts');
    // Of expressions, whoever may not think does not know the token.
    if (task === 'expressions') {
      const memoryless = insight(thinks!, { ...options, memoryless: own! });
      await expect(memoryless).rejects.toThrow('trained without memory');
    }
  },
);

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
    const { episodes, labels } = report.sections[0] as DecodeResult;
    // Its context is always the same: problems are the structures, half of 3, 7 and 15 for tests.
    expect([episodes.structures, labels.map(({ name }) => name)]).toEqual([11, ['tokens to come', 'half left']]);
    const parts = told.map((done) => Math.round(done * 1e6));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect([Math.min(...told) >= 0, Math.max(...told) <= 1]).toEqual([true, true]);
    const { report: part } = await insight(checkpoints.at(-1)!, { ...options, sections: ['thinking', 'emergence'] });
    const kinds = part.sections.map(({ kind }) => kind);
    expect(kinds).toEqual(['thinking', 'emergence']);
    expect(part.sections).toEqual(report.sections.filter(({ kind }) => kinds.includes(kind)));
    expect(part.claims.find(({ name }) => name === 'Planning')!.verdict).toBe('cannot be told');
  });

  test('its 25 problems are structures enough for a verdict, where nothing has to be held out', async () => {
    const { report } = await insight(checkpoints.at(-1)!, { task: bisection, sections: ['thinking'] });
    // Of one structure it could not be told; blanks leave an agent that was hardly trained where it was.
    expect(report.sections[0]!.criteria[0]).toMatchObject({ id: 'blanks-help', verdict: 'not met' });
  });

  test('agents that think are opened as the same task, and one of another task is refused', async () => {
    const options = { task: bisection, quick: true, sections: ['thinking'] } as const;
    const own = insight(checkpoints[0]!, { ...options, thinkers: [checkpoints[1]!] });
    await expect(own).rejects.toThrow('expected agents of bisection with the same levels, trained with thoughts');
    const other = await checkpointOf({ task: 'calculator', updates: 1, batch: 32 });
    const sentence = "task: expected 'calculator', of which the run or checkpoint is, received 'bisection'";
    for (const more of [{ thinkers: [other] }, { memoryless: other }])
      await expect(insight(checkpoints[0]!, { ...options, ...more })).rejects.toThrow(sentence);
  });

  test('without its task a checkpoint is refused', async () => {
    await expect(insight(checkpoints[0]!)).rejects.toThrow('bisection');
  });
});
