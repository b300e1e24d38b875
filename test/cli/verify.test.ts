import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lines, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const golden = fileURLToPath(new URL('../golden', import.meta.url));

/** A copy of the reference data with `bytes` changed in one of its files. */
function tampered(name: string, file: string, change: (bytes: Buffer) => void): string {
  const copy = join(folder.path, name);
  cpSync(golden, copy, { recursive: true, filter: (path) => !path.endsWith(file) });
  const bytes = readFileSync(join(golden, file));
  change(bytes);
  writeFileSync(join(copy, file), bytes);
  return copy;
}

test('the reference data agree', async () => {
  const { code, stderr, stdout } = await run(folder.path, 'verify', golden);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^published\/grad_0 +\d\.\de-\d +2\.0e-5 {2}ok$/m);
  expect(stdout).toContain('40 of 40 groups ok, 6,000 rows of tutorial-environment.csv');
});

test('the pointer agent has a folder of its own', async () => {
  const reference = fileURLToPath(new URL('../golden-pointer', import.meta.url));
  const { code, stderr, stdout } = await run(folder.path, 'verify', reference);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^gru\/grad +\d\.\de-\d +2\.0e-5 {2}ok$/m);
  expect(stdout).toMatch(/^26 of 26 groups ok$/m);
  const copy = join(folder.path, 'pointer');
  cpSync(reference, copy, { recursive: true });
  const path = join(copy, 'pointer-agent.safetensors');
  const bytes = readFileSync(path);
  const header = Number(bytes.readBigUInt64LE());
  const { data_offsets: at } = JSON.parse(bytes.toString('utf8', 8, 8 + header))['mean/grad/query.weight'];
  bytes.writeFloatLE(1, 8 + header + at[0]);
  writeFileSync(path, bytes);
  const tampered = await run(folder.path, 'verify', copy, '--json');
  expect(tampered.code).toBe(1);
  const objects = lines(tampered.stdout);
  expect(objects.filter(({ ok }) => ok === false).map(({ group }) => group)).toEqual(['mean/grad', undefined]);
  expect(objects.at(-1)).toMatchObject({ event: 'verified', ok: false, groups: 26, failed: 1, rows: 0 });
});

test('so has the transformer', async () => {
  const reference = fileURLToPath(new URL('../golden-transformer', import.meta.url));
  const { code, stderr, stdout } = await run(folder.path, 'verify', reference);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^transformer\/grad +\d\.\de-\d +2\.0e-5 {2}ok$/m);
  expect(stdout).toMatch(/^12 of 12 groups ok$/m);
});

test('a tampered number fails', async () => {
  const copy = tampered('numbers', 'actor-critic.safetensors', (bytes) => {
    const header = Number(bytes.readBigUInt64LE());
    const { data_offsets: at } = JSON.parse(bytes.toString('utf8', 8, 8 + header))['published/grad_0/pi.bias'];
    bytes.writeFloatLE(1, 8 + header + at[0]);
  });
  const { code, stdout } = await run(folder.path, 'verify', copy);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^published\/grad_0 .+FAIL$/m);
  const objects = lines((await run(folder.path, 'verify', copy, '--json')).stdout);
  expect(objects.find(({ group }) => group === 'published/grad_0')).toMatchObject({ event: 'group', ok: false });
  expect(objects.at(-1)).toMatchObject({ event: 'verified', ok: false, groups: 40 });
});

test('a tampered case of the environment fails and is named', async () => {
  const copy = tampered('cases', 'tutorial-environment.csv', (bytes) => {
    bytes[bytes.indexOf('\n') + 1] = bytes[bytes.indexOf('\n') + 1] === 0x32 ? 0x31 : 0x32; // the stage of line 2
  });
  const { code, stdout } = await run(folder.path, 'verify', copy);
  expect(code).toBe(1);
  expect(stdout).toContain('1 rows of tutorial-environment.csv differ: lines 2');
});

test('a file that is cut short is bad input', async () => {
  const copy = tampered('cut', 'actor-critic.safetensors', () => {});
  writeFileSync(
    join(copy, 'actor-critic.safetensors'),
    readFileSync(join(golden, 'actor-critic.safetensors')).subarray(0, 9999),
  );
  const { code, stderr, stdout } = await run(folder.path, 'verify', copy);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^innerloop: .+actor-critic\.safetensors: [^\n]+\n$/);
});
