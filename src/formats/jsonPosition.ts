// Where a text stops being JSON: engines name the place in some of their messages only, and each in its own words.

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The index of the first character that cannot stand in JSON (RFC 8259); `undefined` when all of `text` is JSON. */
export function jsonErrorAt(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const takeCharacter = (character: string): boolean => {
    take(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  /** Members apart by commas up to `close`; the opening character is taken. */
  const members = (close: string, member: () => boolean): boolean => {
    if (takeCharacter(close)) return true;
    do {
      if (!member()) return false;
    } while (takeCharacter(','));
    return takeCharacter(close);
  };
  const value = (): boolean => {
    if (takeCharacter('{')) {
      return members('}', () => {
        take(SPACE);
        return take(STRING) && takeCharacter(':') && value();
      });
    }
    if (takeCharacter('[')) return members(']', value);
    return take(STRING) || take(PLAIN);
  };
  const whole = value();
  take(SPACE);
  return whole && at === text.length ? undefined : at;
}

/** `line 3, column 7` of the character at `index`, both from 1. */
export function placeIn(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
