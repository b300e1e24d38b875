// A run's exported data in another's hands: scikit-learn reads the files of a report, and comes to the accuracies that
// the report's own probes come to on the same numbers.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSafetensors, type Tensor } from '../../src/formats/safetensors.ts';
import { scaleOf, standardised } from '../../src/insight/probes/features.ts';
import { fitProbe, predict } from '../../src/insight/probes/logistic.ts';
import { insight } from '../../src/training/insight.ts';
import { train } from '../../src/training/train.ts';
import { isMissing, PYTHON } from './python.ts';

const PENALTY = 0.01;

/** Reads the two files by itself: a length, a header, numbers. */
const SCRIPT = `
import sys, json, numpy
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
folder, asked = sys.argv[1], json.loads(sys.argv[2])
raw = open(folder + '/data.safetensors', 'rb').read()
size = int.from_bytes(raw[:8], 'little')
header = json.loads(raw[8:8 + size])
def tensor(name):
    about = header[name]
    start, end = about['data_offsets']
    kind = {'F32': '<f4', 'I32': '<i4'}[about['dtype']]
    return numpy.frombuffer(raw[8 + size + start:8 + size + end], kind).reshape(about['shape'])
labels = [label['name'] for label in json.load(open(folder + '/data.json'))['labels']]
test = tensor('episode.test')[tensor('step.episode')] == 1
states = tensor('step.trained.state').astype(float)
found = {}
for name, step in asked:
    assert name in labels
    y = tensor('step.label.' + name)
    here = (tensor('step.step') == step) & (y >= 0)
    fit, tried = here & ~test, here & test
    scale = StandardScaler().fit(states[fit])
    # Of two classes theirs has one row of weights, which is the difference of ours: half the penalty.
    twice = 2 if len(set(y[fit])) == 2 else 1
    model = LogisticRegression(C=twice / (${PENALTY} * fit.sum()), solver='newton-cg', tol=1e-8, max_iter=10000)
    model.fit(scale.transform(states[fit]), y[fit])
    found[f'{name} {step}'] = [int(fit.sum()), int(tried.sum()), model.score(scale.transform(states[tried]), y[tried])]
json.dump(found, sys.stdout)
`;

test.skipIf(isMissing(PYTHON))(
  'scikit-learn reads a run’s exported states as well as the report’s probes do',
  async () => {
    let checkpoint: Uint8Array | undefined;
    for await (const event of train({ task: 'calculator', evaluation: { testProblems: 50 } })) {
      if (event.type === 'checkpoint') checkpoint = event.bytes;
    }
    const { data } = await insight(checkpoint!, { quick: true, sections: ['thinking'] });
    const { tensors } = readSafetensors(data.tensors);
    const column = (name: string) => [...(tensors.get(name) as Tensor & { readonly data: Int32Array }).data];
    const [episode, step, part] = ['step.episode', 'step.step', 'episode.test'].map(column);
    const states = tensors.get('step.trained.state')!;
    const width = states.shape[1]!;

    /** Rows that probes are made from, rows that they are tried on, and the share right of these. */
    const accuracyOf = (name: string, at: number) => {
      const values = column(`step.label.${name}`);
      const rows = (test: number) =>
        [...values.keys()].filter((row) => step![row] === at && values[row]! >= 0 && part![episode![row]!] === test);
      const [fit, tried] = [rows(0), rows(1)];
      const stateOf = (row: number) =>
        Float64Array.from(states.data.subarray(row * width, (row + 1) * width) as Float32Array);
      const scale = scaleOf(fit.map(stateOf), width);
      const probe = fitProbe(
        standardised(fit.map(stateOf), scale),
        fit.map((row) => values[row]!),
        { penalty: PENALTY, tolerance: 1e-9, iterations: 5000 },
      );
      const said = predict(probe, standardised(tried.map(stateOf), scale));
      return [
        fit.length,
        tried.length,
        tried.filter((row, i) => said[i] === values[row]).length / tried.length,
      ] as const;
    };

    const { labels } = JSON.parse(data.about) as { readonly labels: readonly { readonly name: string }[] };
    const told = ([name, at]: readonly [string, number]) => {
      const known = column(`step.label.${name}`).filter((_, row) => step![row] === at && part![episode![row]!] === 0);
      return new Set(known).size > 1;
    };
    const asked = labels.flatMap(({ name }) => [0, 2].map((at) => [name, at] as const)).filter(told);
    const ours = new Map(asked.map(([name, at]) => [`${name} ${at}`, accuracyOf(name, at)]));
    expect(ours.size).toBeGreaterThan(4);
    const folder = mkdtempSync(join(tmpdir(), 'innerloop-exported-'));
    try {
      writeFileSync(join(folder, 'data.safetensors'), data.tensors);
      writeFileSync(join(folder, 'data.json'), data.about);
      const names = JSON.stringify(asked);
      const { stderr, stdout } = spawnSync(PYTHON!, ['-W', 'ignore', '-c', SCRIPT, folder, names], {
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      const theirs = JSON.parse(stdout) as Readonly<Record<string, readonly [number, number, number]>>;
      expect(Object.keys(theirs)).toEqual([...ours.keys()]);
      for (const [name, [fit, tried, accuracy]] of ours) {
        const [theirFit, theirTried, theirAccuracy] = theirs[name]!;
        expect([theirFit, theirTried], name).toEqual([fit, tried]);
        // One row may lie on the border of two answers.
        expect(Math.abs(theirAccuracy - accuracy) * tried, name).toBeLessThan(1.5);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
