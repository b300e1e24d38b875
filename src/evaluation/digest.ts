// A fingerprint of plain data, to recognise states that programs share.

/** Two 32-bit hashes (FNV-1a and a variant) over the leaves of plain data: 64 bits tell a million states apart. */
export function digest(data: unknown): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  const mix = (word: number) => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word, 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 13;
  };
  const text = (value: string) => {
    for (let i = 0; i < value.length; i++) mix(value.charCodeAt(i));
  };
  const walk = (value: unknown): void => {
    if (value instanceof Int32Array || value instanceof Uint8Array)
      for (let i = 0; i < value.length; i++) mix(value[i]!);
    else if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      for (let i = 0; i < bytes.length; i++) mix(bytes[i]!);
    } else if (typeof value === 'number' && Number.isInteger(value)) mix(value);
    else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        text(key);
        walk((value as Readonly<Record<string, unknown>>)[key]);
      }
    } else text(`${typeof value} ${value}`);
    mix(0x5bd1e995);
  };
  walk(data);
  return `${a >>> 0},${b >>> 0}`;
}
