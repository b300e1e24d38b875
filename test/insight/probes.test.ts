// Probes against numbers worked by hand, and against an implementation from outside.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { type Features, SparseFeatures, scaleOf, standardised } from '../../src/insight/probes/features.ts';
import { fitProbe, majority, predict } from '../../src/insight/probes/logistic.ts';
import { isMissing, PYTHON } from './python.ts';

const ROWS = 400;
const [WIDTH, CLASSES] = [12, 5];

/** Rows of noise, and labels that mostly follow from them. */
function sample(): { readonly rows: Float64Array[]; readonly labels: number[] } {
  const random = Random.stream(7, 'evaluation');
  const truth = Array.from({ length: CLASSES }, () => Array.from({ length: WIDTH }, () => random.normal()));
  const rows = Array.from({ length: ROWS }, () => Float64Array.from({ length: WIDTH }, () => 3 + 2 * random.normal()));
  const labels = rows.map((row) => {
    const scores = truth.map((weights) => weights.reduce((sum, w, i) => sum + w * (row[i]! - 3), 2 * random.normal()));
    return scores.indexOf(Math.max(...scores));
  });
  return { rows, labels };
}

const SCRIPT = `
import sys, json, numpy
from sklearn.linear_model import LogisticRegression
given = json.load(sys.stdin)
x, y = numpy.array(given['x']), numpy.array(given['y'])
model = LogisticRegression(C=given['c'], solver='newton-cg', tol=1e-8, max_iter=10000).fit(x, y)
json.dump({'w': model.coef_.tolist(), 'b': model.intercept_.tolist(), 'accuracy': model.score(x, y)}, sys.stdout)
`;

test.skipIf(isMissing(PYTHON)).each([
  ['states', (rows: Float64Array[]) => standardised(rows, scaleOf(rows, WIDTH))],
  ['ones', (rows: Float64Array[]) => onesOf(rows)],
])('probes come to the coefficients of scikit-learn: %s', (_, featuresOf: (rows: Float64Array[]) => Features) => {
  const { labels, rows } = sample();
  const features = featuresOf(rows);
  for (const penalty of [0.1, 0.01, 0.001]) {
    const probe = fitProbe(features, labels, { penalty, tolerance: 1e-9, iterations: 2000 });
    const accuracy = predict(probe, features).filter((label, i) => label === labels[i]).length / ROWS;
    const given = { x: tableOf(features), y: labels, c: 1 / (penalty * ROWS) };
    const { stderr, stdout } = spawnSync(PYTHON!, ['-W', 'ignore', '-c', SCRIPT], {
      input: JSON.stringify(given),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const theirs = JSON.parse(stdout) as { w: number[][]; b: number[]; accuracy: number };
    expect(accuracy).toBeCloseTo(theirs.accuracy, 10);
    const last = features.columns - 1;
    // Intercepts are given up to a constant.
    const shift = theirs.b[0]! - probe.weights[last * probe.stride]!;
    for (let label = 0; label < CLASSES; label++) {
      for (let column = 0; column < last; column++) {
        expect(probe.weights[column * probe.stride + label]).toBeCloseTo(theirs.w[label]![column]!, 5);
      }
      expect(probe.weights[last * probe.stride + label]! + shift).toBeCloseTo(theirs.b[label]!, 5);
    }
  }
});

/** Whether each number is above its mean, as ones. */
function onesOf(rows: readonly Float64Array[]): SparseFeatures {
  return SparseFeatures.of(
    rows.map((row) => [...row.keys()].filter((i) => row[i]! > 3)),
    WIDTH + 1,
  );
}

/** Features as a table, read back through the only thing that they do; without the intercept. */
function tableOf(features: Features): number[][] {
  const { columns, rows } = features;
  const table = Array.from({ length: rows }, () => new Array<number>(columns - 1));
  const out = new Float64Array((rows + 1) * 4);
  for (let column = 0; column < columns - 1; column++) {
    const weights = new Float64Array((columns + 1) * 4);
    weights[column * 4] = 1;
    features.logits(weights, 4, out);
    for (let row = 0; row < rows; row++) table[row]![column] = out[row * 4]!;
  }
  return table;
}

test('two classes of one number: the minimum by hand', () => {
  // −1 and 1, with labels that contradict each other once in four: by symmetry the weights are w and −w, and
  // 3/4 − σ(2w) = λw at the minimum of mean log loss + λ/2 · 2w².
  const rows = [-1, -1, -1, -1, 1, 1, 1, 1].map((x) => Float64Array.of(x));
  const labels = [4, 4, 4, 9, 9, 9, 9, 4];
  const penalty = 0.05;
  const probe = fitProbe(standardised(rows, scaleOf(rows, 1)), labels, { penalty, tolerance: 1e-12 });
  const w = probe.weights[1]!;
  expect(probe.classes).toEqual([4, 9]);
  expect(probe.weights[0]).toBeCloseTo(-w, 9);
  expect(0.75 - 1 / (1 + Math.exp(-2 * w))).toBeCloseTo(penalty * w, 9);
});

test('ones in columns and the same as numbers have one minimum', () => {
  const { labels, rows } = sample();
  const sparse = onesOf(rows);
  const same = { mean: new Float64Array(WIDTH), deviation: new Float64Array(WIDTH).fill(1) };
  const dense = standardised(
    tableOf(sparse).map((row) => Float64Array.from(row)),
    same,
  );
  const options = { penalty: 0.01, tolerance: 1e-9, iterations: 500 };
  const [a, b] = [fitProbe(sparse, labels, options), fitProbe(dense, labels, options)];
  expect([a.converged, b.converged]).toEqual([true, true]);
  for (let i = 0; i < WIDTH * a.stride; i++) expect(a.weights[i]).toBeCloseTo(b.weights[i]!, 6);
  expect(predict(a, sparse)).toEqual(predict(b, dense));
});

test('an odd number of rows, a column that never changes, one class', () => {
  const rows = [1, 2, 3].map((x) => Float64Array.of(x, 5));
  const features = standardised(rows, scaleOf(rows, 2));
  expect([...predict(fitProbe(features, [0, 0, 1], { penalty: 1e-3, tolerance: 1e-9 }), features)]).toEqual([0, 0, 1]);
  expect([...predict(fitProbe(features, [2, 2, 2], { penalty: 1e-3 }), features)]).toEqual([2, 2, 2]);
  expect([...predict(fitProbe(features.select([2, 0]), [1, 0], { penalty: 1e-3 }), features)]).toEqual([0, 0, 1]);
});

test('the commonest label, the lowest of equals', () => {
  expect(majority([3, 1, 1, 3, 2])).toBe(1);
});
