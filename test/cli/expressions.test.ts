// What the command line says of a task that has to be planned: its examination, its episodes, what to try next.

import { beforeAll, expect, test } from 'vitest';
import { type Ended, lines, run, TINY, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const RUN = 'runs/a';
let trained: Ended;
beforeAll(async () => {
  const settings = ['--set', 'task.options.operators=3', '--set', 'agent.embedding=8', '--set', 'agent.feedback=4'];
  trained = await run(folder.path, 'train', 'expressions', ...TINY, ...settings, '--out', RUN);
});

test('the report says what is held out, and what to try next', () => {
  expect([trained.code, trained.stderr]).toEqual([0, '']);
  expect(trained.stdout).toContain('test structures: structures that training never saw; at n=1, n=2 nothing is held');
  expect(trained.stdout).toContain(`npx innerloop explain ${RUN} --problem "x1 * x4 - x0 * x2"`);
  expect(trained.stdout).toContain('npx innerloop train expressions --preset no-memory');
  expect(trained.stdout.split('\n').every((line) => line.length <= 120)).toBe(true);
});

test('eval examines: what is held out, groups, ceilings, lengths, several programs, levels beyond', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'eval', RUN, '--problems', '40', '--samples', '4');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/level +test structures +test classes +training structures/);
  expect(stdout).toContain('test classes: no hold-out: this run held out structures alone');
  expect(stdout).toMatch(/level +problems +clusters +needs memory +needs none/);
  expect(stdout).toMatch(/level +no memory +agent − it +tokens ÷ shortest/);
  expect(stdout).toMatch(/level +pass@1 +pass@4 +likeliest of 4/);
  expect(stdout).toMatch(/Beyond n=3.+ n=4 +40.+ n=8 +40/s);
});

test('eval --json adds to one object', async () => {
  const options = ['--problems', '20', '--samples', '0', '--level', 'n=2', '--level', 'n=7', '--json'];
  const { stdout } = await run(folder.path, 'eval', RUN, ...options);
  const [report, ...rest] = lines(stdout);
  expect(rest).toEqual([]);
  expect(report).toMatchObject({
    event: 'evaluated',
    problems: 20,
    solved: [expect.any(Number)],
    intervals: [[expect.any(Number), expect.any(Number)]],
    levels: [{ name: 'n=2', ceilings: { 'no memory': { share: expect.any(Number) } } }],
    sets: [{ set: 'test structures' }, { set: 'test classes' }, { set: 'training structures' }],
    beyond: [{ name: 'n=7', heldOut: 'level', problems: 20 }],
    samples: [],
  });
  const unknown = await run(folder.path, 'eval', RUN, '--level', 'n=9');
  expect(unknown.stderr).toContain("unknown level of task expressions 'n=9'");
});

test('explain takes one’s own expression and shows the machine’s states', async () => {
  const { stdout } = await run(folder.path, 'explain', RUN, '--problem', 'x1*(x0-x2)');
  expect(stdout).toMatch(/^x1 \* \(x0 - x2\) {2}(not )?solved {2}level n=2\n {2}sees x1 \* \( x0 - x2 \)\n/);
  expect(stdout).toMatch(/accumulator +pending +stack +operands left/);
  const program = ['--program', 'x0 - x2 * x1 ANS', '--json'];
  const [forced] = lines((await run(folder.path, 'explain', RUN, '--problem', 'x1*(x0-x2)', ...program)).stdout);
  expect(forced).toMatchObject({ solved: true, program: ['x0', '-', 'x2', '*', 'x1', 'ANS'] });
  const wrong = await run(folder.path, 'explain', RUN, '--problem', 'x1*(x0-');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("or '(', received the end of")]);
});
