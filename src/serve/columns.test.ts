import { expect, test } from 'vitest';
import { Columns } from './columns.ts';
import { endOfNumber, readNumber } from './decimal.ts';

function columnsOf(text: string): Columns {
  const columns = new Columns();
  const bytes = Buffer.from(text);
  columns.add(bytes, 0, bytes.lastIndexOf('\n'));
  return columns;
}

const table = (columns: Columns) =>
  Object.fromEntries(columns.names.map((name) => [name, [...columns.column(name)!.subarray(0, columns.rows)]]));

test('numbers go to the column of their place, wherever a line leaves others out', () => {
  const columns = columnsOf(
    [
      '{"update":1,"solved":[0.5,null],"hindsight":null,"reward":-0.25,"note":"a","done":true}',
      '{"update":2,"solved":[null,1,3],"hindsight":{"examples":4},"reward":1e-7}',
      '{"reward":2,"update":3,"fresh":{},"list":[]}',
      '',
    ].join('\n'),
  );
  const none = Number.NaN;
  expect(table(columns)).toEqual({
    update: [1, 2, 3],
    'solved.0': [0.5, none, none],
    'solved.1': [none, 1, none],
    'solved.2': [none, 3, none],
    'hindsight.examples': [none, 4, none],
    reward: [-0.25, 1e-7, 2],
  });
});

test('JSON that is written otherwise is read, too, and what is none leaves no trace', () => {
  const columns = columnsOf(
    [
      '{ "update" : 1, "a" : "\\u0022", "b": [ 5 ] }\r',
      '{"update":2,"b":[6]',
      '{"update":2,"b":[7]}}',
      '[1]',
      '',
      '{"update":01x,"b":[8]}',
      '{"update":5,"b":[9],"deep":[[[[[[1]]]]]]}',
      '{"update":4,"b":[10]}',
      '{"update":6,"b":[nul]}',
      '',
    ].join('\n'),
  );
  expect(table(columns)).toEqual({ update: [1, 5], 'b.0': [5, 9] });
  expect([columns.lines, columns.damaged, columns.firstDamaged]).toEqual([9, 7, 2]);
});

test('columns grow with their lines', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `{"update":${i + 1},"x":${i / 8}}\n`);
  const columns = columnsOf(lines.join(''));
  columns.add(Buffer.from('{"update":6000,"late":1}\n'), 0, 24);
  expect([columns.rows, columns.column('x')![4999], columns.column('x')![5000]]).toEqual([5001, 4999 / 8, Number.NaN]);
  expect([columns.column('late')![4999], columns.column('late')![5000]]).toEqual([Number.NaN, 1]);
});

test('a line with very many places holds no more memory than is sensible', () => {
  const wide = Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join(',');
  expect(columnsOf(`{"update":1,${wide},"list":[${'1,'.repeat(5000)}1]}\n`).names.length).toBeLessThanOrEqual(512);
});

test('numbers are read to 15 digits, as JSON has them', () => {
  for (const text of ['0', '-0.5', '123456789', '1e21', '-2.5e-7', '0.1', '0.000001234', '99.99', '1234.000000001']) {
    expect(readNumber(Buffer.from(`${text},`), 0)).toBe(Number(text));
    expect(endOfNumber()).toBe(text.length);
  }
  let seed = 1;
  for (let i = 0; i < 20_000; i++) {
    seed = (seed * 48271) % 2147483647;
    const value = ((seed / 2147483647 - 0.5) / 3) * 10 ** ((seed % 20) - 8);
    const text = String(value);
    expect(Math.abs(readNumber(Buffer.from(`${text}}`), 0) / value - 1)).toBeLessThan(2e-15);
    expect(endOfNumber()).toBe(text.length);
  }
  for (const text of ['', '-', '.5', '1.', 'x', '1e', '1e+']) {
    readNumber(Buffer.from(`${text},`), 0);
    expect(endOfNumber()).toBe(-1);
  }
});
