// What levels are called where there is little room.

export const levelName = (names: readonly string[], level: number): string => names[level] ?? `level ${level + 1}`;

/** What stands for a level on a chart: its name where all are brief, else its number. */
export const tagOf = (names: readonly string[], level: number): string =>
  names.length > 0 && names.every((name) => name.length <= 3) ? names[level]! : String(level + 1);

/** Its name, with what stands for it on charts. */
export function titleOf(names: readonly string[], level: number): string {
  const name = levelName(names, level);
  const tag = tagOf(names, level);
  return tag === name || names.length === 0 ? name : `${tag} ${name}`;
}
