// What an untrained agent of a preset shows; what a task shows by itself is tested in src/evaluation/audit.

import { expect, test } from 'vitest';
import { bisection } from '../../examples/bisection.ts';
import { type AuditEvent, audit, auditAgent } from './audit.ts';
import { configure, type TrainInput } from './config.ts';

const found = async (input: TrainInput) => (await auditAgent(configure(input))).map(({ id }) => id);

test('the published agent is blind, coupled to its company and trained on what comes after the end', async () => {
  const findings = await auditAgent(configure({ task: 'tutorial' }));
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ['agentBlind', 'flaw'],
    ['company', 'flaw'],
    ['afterEnd', 'caution'],
  ]);
  const [blind, company, afterEnd] = findings;
  expect(blind!.details.map(({ level }) => level)).toEqual(['add', 'subtract', 'remember']);
  expect(blind!.details.every(({ value }) => value < 1e-5)).toBe(true);
  expect(company!.details[0]!.value).toBeGreaterThan(0.01);
  // Of six tokens an untrained agent answers early with probability 1/18 at each.
  expect(afterEnd!.details[0]!.value).toBeGreaterThan(0.05);
  expect(afterEnd!.details[0]!.value).toBeLessThan(0.5);
});

test.each<readonly [string, TrainInput, readonly string[]]>([
  ['own context, padding included', { task: 'tutorial', preset: 'own-context' }, ['company', 'afterEnd']],
  ['the recipe', { task: 'tutorial', preset: 'recipe' }, []],
  ['calculator', { task: 'calculator' }, []],
  ['calculator, blind', { task: 'calculator', preset: 'blind' }, ['agentBlind', 'company']],
  ['calculator, no masking', { task: 'calculator', preset: 'no-masking' }, ['afterEnd']],
  ['expressions', { task: 'expressions' }, []],
  ['a game without a context to read', { task: bisection }, []],
])('%s', async (_name, input, ids) => expect(await found(input)).toEqual(ids));

test('an audit of one’s own task is a stream of its levels, then its findings', async () => {
  const events: AuditEvent[] = [];
  for await (const event of audit({ task: bisection }, { tries: 100 })) events.push(event);
  expect(events.map(({ type }) => type)).toEqual(['started', 'level', 'level', 'level', 'audited']);
  expect(structuredClone(events)).toEqual(events);
  const last = events.at(-1)!;
  const ids = last.type === 'audited' ? last.findings.map(({ id }) => id) : [];
  expect(ids).toEqual(['contextNotNeeded', 'nothingHeldOut']);
});
