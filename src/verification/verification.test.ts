// Every number of the PyTorch reference data, in both sizes, with narrow and with wide tiles.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { readSafetensors, type Safetensors, type Tensor } from '../formats/safetensors.ts';
import { accelerate } from '../kernels/node.ts';
import { platform, usePlatform } from '../kernels/platform.ts';
import { verifyEnvironment } from './environment.ts';
import { verifyNetwork } from './network.ts';
import { verifyPointer } from './pointer.ts';
import { holds } from './reference.ts';
import { verifyTransformer } from './transformer.ts';

const file = (folder: string, name: string) => readFileSync(new URL(`../../test/${folder}/${name}`, import.meta.url));
const network = (folder: string) => readSafetensors(file(folder, 'actor-critic.safetensors'), folder);
const environment = (folder: string) => file(folder, 'tutorial-environment.csv').toString('utf8');

const before = platform();
afterEach(() => usePlatform(before));

describe.each(['golden', 'golden-40'])('%s', (folder) => {
  test.each(['narrow', 'wide'])('the network agrees, %s tiles', async (tiles) => {
    if (tiles === 'wide') accelerate();
    expect(platform().wideTiles).toBe(tiles === 'wide');
    const comparisons = await verifyNetwork(network(folder));
    expect(comparisons).toHaveLength(38);
    expect(comparisons.filter((comparison) => !holds(comparison))).toEqual([]);
  });

  test('every case of the environment agrees', () => {
    const { comparisons, rows, wrong } = verifyEnvironment(environment(folder), folder);
    expect(rows).toBe(folder === 'golden' ? 6000 : 200);
    expect(wrong).toEqual([]);
    expect(comparisons.every(holds)).toBe(true);
  });
});

const pointer = () => readSafetensors(file('golden-pointer', 'pointer-agent.safetensors'), 'golden-pointer');

test.each(['narrow', 'wide'])('the pointer agent agrees with both of its encoders, %s tiles', async (tiles) => {
  if (tiles === 'wide') accelerate();
  const comparisons = await verifyPointer(pointer());
  expect(comparisons).toHaveLength(26);
  expect(comparisons.filter((comparison) => !holds(comparison))).toEqual([]);
});

const transformer = () =>
  readSafetensors(file('golden-transformer', 'transformer-agent.safetensors'), 'golden-transformer');

test.each(['narrow', 'wide'])('the transformer agrees, %s tiles', async (tiles) => {
  if (tiles === 'wide') accelerate();
  const comparisons = await verifyTransformer(transformer());
  expect(comparisons).toHaveLength(12);
  expect(comparisons.filter((comparison) => !holds(comparison))).toEqual([]);
});

/** The names of the groups that fail when the tensors of a file under `prefix` are changed by `change`. */
async function failuresWith(
  prefix: string,
  change: (data: Float32Array) => void,
  verify = verifyNetwork,
  { metadata, tensors }: Safetensors = network('golden-40'),
): Promise<string[]> {
  const changed = new Map<string, Tensor>(tensors);
  for (const [name, tensor] of tensors) {
    if (!name.startsWith(prefix) || tensor.dtype !== 'F32') continue;
    const data = tensor.data.slice();
    change(data);
    changed.set(name, { ...tensor, data });
  }
  const comparisons = await verify({ metadata, tensors: changed });
  return comparisons.filter((comparison) => !holds(comparison)).map(({ group }) => group);
}

test.each([
  ['published/logits', ['published/logits']],
  ['intended/h_last', ['intended/h_last']],
  ['published/grad_1/rnn.weight_hh_l0', ['published/grad_1', 'published/after3 (Adam alone)']],
  ['intended/after3/pi.bias', ['intended/after3 (all entries)', 'intended/after3 (Adam alone)']],
])('a change of %s is found, and only there', async (prefix, groups) => {
  const changed = await failuresWith(prefix, (data) => {
    data[0]! += 0.01;
  });
  expect(changed).toEqual(groups);
});

test.each([
  ['gru/states', ['gru/states']],
  ['gru/grad/enc.weight_hh_l0_reverse', ['gru/grad']],
  ['gru/grad/fed.bias', ['gru/grad']],
  ['mean/hindsight', ['mean/hindsight']],
])('a change of the pointer agent’s %s is found, and only there', async (prefix, groups) => {
  const raise = (data: Float32Array): void => {
    data[0]! += 0.01;
  };
  expect(await failuresWith(prefix, raise, verifyPointer, pointer())).toEqual(groups);
});

test.each([
  ['transformer/logits', ['transformer/logits']],
  ['transformer/grad/context_pos.weight', ['transformer/grad']],
  ['transformer/grad/layers.1.key_value.weight', ['transformer/grad']],
])('a change of the %s is found, and only there', async (prefix, groups) => {
  const raise = (data: Float32Array): void => {
    data[0]! += 0.01;
  };
  expect(await failuresWith(prefix, raise, verifyTransformer, transformer())).toEqual(groups);
});

test('a changed reward of the pointer agent is found in its losses and gradients', async () => {
  const raise = (data: Float32Array): void => {
    data[0]! += 0.1;
  };
  const failed = await failuresWith('in/rewards', raise, verifyPointer, pointer());
  expect(failed).toEqual(
    ['returns', 'pg', 'value_loss', 'grad', 'grad_norm']
      .flatMap((name) => [`gru/${name}`])
      .concat(['returns', 'pg', 'value_loss', 'grad', 'grad_norm'].map((name) => `mean/${name}`)),
  );
});

test('not a number is no agreement', async () => {
  expect(await failuresWith('published/values', (data) => data.fill(Number.NaN, 0, 1))).toContain('published/values');
});

test('a changed parameter is found everywhere behind it', async () => {
  const failed = await failuresWith('param/emb.weight', (data) => {
    data[0]! += 1;
  });
  for (const group of ['published/h0', 'intended/logits', 'intended/loss']) expect(failed).toContain(group);
});

test('a case of the environment with another reward or number of steps is named by its line', () => {
  const lines = environment('golden-40').trimEnd().split('\n');
  const change = (line: number, column: number, value: string) => {
    const cells = lines[line - 1]!.split(',');
    cells[column] = value;
    lines[line - 1] = cells.join(',');
  };
  change(3, 7, '0.333');
  change(7, 8, '9');
  const { comparisons, wrong } = verifyEnvironment(lines.join('\n'), 'cases');
  expect(wrong).toEqual([3, 7]);
  expect(comparisons.map(holds)).toEqual([false, false]);
});

test.each([
  ['', "cases: expected the columns stage,a,b,c,d,e,actions,reward,steps, found ''"],
  ['stage,a,b,c,d,e,actions,reward,steps\n', 'cases: it has no rows'],
  [
    'stage,a,b,c,d,e,actions,reward,steps\n0,1,2,3,4,5,11 14,1.0',
    "cases: line 2 is not a case: '0,1,2,3,4,5,11 14,1.0'",
  ],
  ['stage,a,b,c,d,e,actions,reward,steps\n0,1,2,3,4,50,11 14,1.0,2', 'cases: line 2 is not a case'],
  ['stage,a,b,c,d,e,actions,reward,steps\n0,1,2,3,4,5,11 x,1.0,2', 'cases: line 2 is not a case'],
])('%j is no list of cases', (csv, sentence) => {
  expect(() => verifyEnvironment(csv, 'cases')).toThrow(sentence);
});
