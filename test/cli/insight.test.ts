// `innerloop insight` from a run to its page.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/formats/safetensors.ts';
import { type InsightReport, reportSchema } from '../../src/insight/report/report.ts';
import { SECTIONS } from '../../src/insight/subject.ts';
import { innerloop, lines, run, start, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const text = (...names: string[]) => readFileSync(at(...names), 'utf8');
const reportOf = (...names: string[]): InsightReport => JSON.parse(text(...names, 'insight.json'));
const verdictsOf = ({ claims }: InsightReport) =>
  Object.fromEntries(claims.map(({ name, verdict }) => [name, verdict]));
const FILES = ['data.json', 'data.safetensors', 'insight.html', 'insight.json', 'verdict.svg'];

let stdout: string;
beforeAll(async () => {
  const settings = ['--set', 'checkpoint.every=20', '--set', 'evaluation.testProblems=50'];
  await run(folder.path, 'train', 'calculator', ...settings, '--out', 'calc');
  await run(folder.path, 'train', 'tutorial', ...settings, '--out', 'tut');
  const first = await run(folder.path, 'insight', 'calc', '--quick');
  expect([first.code, first.stderr]).toEqual([0, '']);
  stdout = first.stdout;
  await run(folder.path, 'insight', 'tut', '--quick', '--out', 'tutorial');
});

describe('the files', () => {
  test('are all there, and the report is what its schema says', () => {
    expect(readdirSync(at('calc', 'insight')).sort()).toEqual(FILES);
    const report = reportOf('calc', 'insight');
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(report.sections.map(({ kind }) => kind)).toEqual([...SECTIONS]);
    const ids = report.sections.flatMap(({ criteria }) => criteria.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are the same to the byte when the run and the seed are', async () => {
    expect(await run(folder.path, 'insight', 'calc', '--quick', '--out', 'again')).toMatchObject({ code: 0 });
    for (const name of FILES)
      expect(readFileSync(at('again', name)), name).toEqual(readFileSync(at('calc', 'insight', name)));
    expect(
      await run(folder.path, 'insight', 'calc', '--quick', '--out', 'other', '--seed', '5', '--sections', 'tools'),
    );
    expect(text('other', 'insight.json')).not.toBe(text('again', 'insight.json'));
  });

  test('hold states and labels that belong together, within their bound', () => {
    const bytes = readFileSync(at('calc', 'insight', 'data.safetensors'));
    const about = JSON.parse(text('calc', 'insight', 'data.json'));
    expect(bytes.length + text('calc', 'insight', 'data.json').length).toBeLessThanOrEqual(24_000_000);
    const { tensors } = readSafetensors(bytes);
    const episode = tensors.get('step.episode')!.data as Int32Array;
    expect(tensors.get('step.trained.state')!.shape).toEqual([episode.length, about.hidden]);
    expect(tensors.get('step.untrained.state')!.shape).toEqual([episode.length, about.hidden]);
    expect(tensors.get('episode.level')!.shape).toEqual([about.episodes.length]);
    expect(Math.max(...episode)).toBe(about.episodes.length - 1);
    for (const { name, values } of about.labels) {
      const found = tensors.get(`step.label.${name}`)!.data as Int32Array;
      expect(found).toHaveLength(episode.length);
      expect(Math.max(...found)).toBeLessThan(values.length);
    }
    expect(new Set(tensors.get('step.called')!.data as Int32Array).size).toBe(about.called.length);
    // No structure is in both parts.
    const [test, structure] = ['episode.test', 'episode.structure'].map(
      (name) => tensors.get(name)!.data as Int32Array,
    );
    const part = (wanted: number) => new Set(structure!.filter((_, i) => test![i] === wanted));
    expect([...part(0)].filter((one) => part(1).has(one))).toEqual([]);
  });
});

describe('the page', () => {
  test('asks for nothing outside, runs nothing and says so to the browser', () => {
    const page = text('calc', 'insight', 'insight.html');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/<script|<iframe|<object|<embed|<img|@import|url\(|\son\w+=/i);
    const addresses = [...page.matchAll(/(?:src|href|action|xlink:href)="([^"]*)"/g)].map(([, address]) => address!);
    expect(addresses.filter((address) => !/^(#|data:,$)/.test(address))).toEqual([]);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  test('gives every figure a caption and every picture words', () => {
    const page = text('calc', 'insight', 'insight.html');
    const count = (pattern: RegExp) => [...page.matchAll(pattern)].length;
    expect(count(/<figure/g)).toBeGreaterThan(10);
    expect(count(/<figcaption>[^<]/g)).toBe(count(/<figure/g));
    expect(count(/<svg xmlns[^>]*role="img" aria-label="[^"]+"/g)).toBe(count(/<svg xmlns/g));
    expect(count(/<table><caption>[^<]/g)).toBe(count(/<table/g));
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    for (const id of anchors) expect(page).toContain(`<section id="${id}"`);
  });
});

describe('the verdict', () => {
  test('is printed, with every criterion, and no sentence is stronger than it', () => {
    const { claims, sections, summary } = reportOf('calc', 'insight');
    for (const { criteria } of sections) for (const { id } of criteria) expect(stdout).toContain(id);
    expect(stdout).toContain(summary);
    expect(summary).toBe(claims.map(({ says, verdict }) => `${says[verdict]}.`).join(' '));
  });

  test('of a program that needs no plan is not that it plans', () => {
    // One fixed program a level is right: nothing has to be read from the state that the inputs do not tell.
    expect(verdictsOf(reportOf('calc', 'insight')).Planning).not.toBe('met');
  });

  test('the published tutorial fails', () => {
    const report = reportOf('tutorial');
    expect(verdictsOf(report)).toMatchObject({ Planning: 'not met', Tools: 'not met' });
    expect(Object.values(verdictsOf(report))).not.toContain('met');
  });
});

describe('the command', () => {
  test('tells progress and ends with one object, as JSON lines', async () => {
    const { code, stdout } = await run(
      folder.path,
      'insight',
      'calc',
      '--quick',
      '--sections',
      'tools,thinking',
      '--json',
    );
    const told = lines(stdout);
    expect([code, new Set(told.slice(0, -1).map(({ event }) => event))]).toEqual([0, new Set(['progress'])]);
    expect(told.at(-1)).toMatchObject({ event: 'insight', page: join('calc', 'insight', 'insight.html') });
  });

  test('takes a checkpoint, too, with those before it in its run', async () => {
    const checkpoint = join('calc', 'checkpoints', '000100.safetensors');
    await run(folder.path, 'insight', checkpoint, '--quick', '--sections', 'emergence', '--out', 'early');
    const { agent, sections } = reportOf('early');
    expect(agent.update).toBe(100);
    const { points } = sections[0] as unknown as { readonly points: readonly { readonly update: number }[] };
    expect(points.map(({ update }) => update)).toEqual([0, 20, 40, 60, 100]);
  });

  test.each([
    ["unknown section 'decod' (did you mean 'decode'?)", ['calc', '--sections', 'decod']],
    ["--seed: expected an integer from 0, received 'x'", ['calc', '--seed', 'x']],
    ['not a run', ['nowhere']],
    ['--out: expected a folder to write into, received the file', ['calc', '--out', 'file']],
    ["--out: expected a folder to write into, received ''", ['calc', '--out', '']],
    ['truncated', ['damaged']],
  ])('refuses with one sentence: %s', async (sentence, args) => {
    writeFileSync(at('file'), '');
    if (!existsSync(at('damaged'))) {
      cpSync(at('tut'), at('damaged'), { recursive: true });
      const last = readdirSync(at('damaged', 'checkpoints')).sort().at(-1)!;
      const path = at('damaged', 'checkpoints', last);
      writeFileSync(path, readFileSync(path).subarray(0, 5000));
    }
    const before = readdirSync(folder.path);
    const { code, stderr, stdout } = await run(folder.path, 'insight', ...args);
    expect(stderr).toMatch(/^innerloop: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect([code, stdout]).toEqual([2, '']);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  test('Ctrl-C leaves nothing behind, nor changes what was there', async () => {
    mkdirSync(at('there'));
    for (const out of ['stopped', 'there']) {
      const before = readdirSync(folder.path);
      const running = start(folder.path, innerloop('insight', 'calc', '--json', '--out', out));
      await running.printed('progress');
      running.child.kill('SIGINT');
      expect((await running.ended).signal).toBe('SIGINT');
      expect(readdirSync(folder.path)).toEqual(before);
    }
    expect(readdirSync(at('there'))).toEqual([]);
  });
});
