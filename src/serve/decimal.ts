// Numbers read off the bytes of JSON, several times as fast as by way of strings.

const POINT = 0x2e;
const ZERO = 0x30;
const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`)); // exact, up to 10^22
/** Digits that an accumulator of 32 bits takes, two at a time. */
const HALF = 8;

/** Zeros after the point that count for nothing but the exponent; `JSON.stringify` writes five at the most. */
const ZEROS = 6;

let ended = -1;

/** Where the number that was just read ended; −1 when there was none. */
export const endOfNumber = (): number => ended;

/**
 * The number that begins at `at`, to 15 significant digits. Something that is no part of a number must follow in `bytes`.
 */
export function readNumber(bytes: Uint8Array, start: number): number {
  ended = -1;
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at++;
  const first = at;
  let value = 0;
  for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) value = value * 10 + digit;
  if (at === first) return Number.NaN;
  if (bytes[at] === POINT) {
    const point = ++at;
    if (value === 0) while (bytes[at] === ZERO && at < point + ZEROS) at++;
    const from = at;
    const high = readHalf(bytes, from);
    at = half;
    if (at === from + HALF) {
      const low = readHalf(bytes, at);
      value += (high * POWERS[half - at]! + low) / POWERS[half - point]!;
      at = half;
    } else value += high / POWERS[at - point]!;
    // What is beyond changes nothing.
    while (isDigit(bytes[at]!)) at++;
    if (at === point) return Number.NaN;
  }
  if ((bytes[at]! | 0x20) === 0x65) {
    at = endOfExponent(bytes, at + 1);
    if (at < 0) return Number.NaN;
    ended = at;
    return Number(Buffer.from(bytes.subarray(start, at)).toString('latin1'));
  }
  ended = at;
  return negative ? -value : value;
}

/** Where `readHalf` stopped. */
let half = 0;

/** Up to eight digits; in pairs, since every one of them waits for the one before. */
function readHalf(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (const end = at + HALF; at < end; at += 2) {
    const tens = (bytes[at]! - ZERO) | 0;
    if (tens < 0 || tens > 9) break;
    const ones = (bytes[at + 1]! - ZERO) | 0;
    if (ones < 0 || ones > 9) {
      half = at + 1;
      return (value * 10 + tens) | 0;
    }
    value = (value * 100 + tens * 10 + ones) | 0;
  }
  half = at;
  return value;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 0x39;

function endOfExponent(bytes: Uint8Array, start: number): number {
  let at = start;
  if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
  const first = at;
  while (isDigit(bytes[at]!)) at++;
  return at === first ? -1 : at;
}
