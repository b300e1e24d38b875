// Two programs side by side: the fewest tokens changed, added or left out (Wagner and Fischer 1974).

export interface Column {
  /** Index of the token in the first and in the second program; absent where that one has none here. */
  readonly a?: number;
  readonly b?: number;
  readonly same: boolean;
}

export function align(first: readonly string[], second: readonly string[]): Column[] {
  const width = second.length + 1;
  const cost = new Uint16Array((first.length + 1) * width);
  for (let i = first.length; i >= 0; i--) {
    for (let j = second.length; j >= 0; j--) {
      if (i === first.length || j === second.length) {
        cost[i * width + j] = first.length - i + second.length - j;
        continue;
      }
      const change = first[i] === second[j] ? 0 : 1;
      cost[i * width + j] = Math.min(
        cost[(i + 1) * width + j + 1]! + change,
        1 + cost[(i + 1) * width + j]!,
        1 + cost[i * width + j + 1]!,
      );
    }
  }
  const columns: Column[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const rest = cost[i * width + j]!;
    const same = i < first.length && j < second.length && first[i] === second[j];
    if (i < first.length && j < second.length && rest === cost[(i + 1) * width + j + 1]! + (same ? 0 : 1)) {
      columns.push({ a: i++, b: j++, same });
    } else if (i < first.length && rest === 1 + cost[(i + 1) * width + j]!) columns.push({ a: i++, same: false });
    else columns.push({ b: j++, same: false });
  }
  return columns;
}

/** Tokens of the first program before the column in which the second has taken `taken` tokens. */
export function beforeColumn(columns: readonly Column[], taken: number): number {
  const at = columns.findIndex(({ b }) => b === taken);
  return (at < 0 ? columns : columns.slice(0, at)).filter(({ a }) => a !== undefined).length;
}
