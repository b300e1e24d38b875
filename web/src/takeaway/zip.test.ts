import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { unzipped, zipped } from './zip.ts';
import { checksums } from './zipDirectory.ts';

const FILES = [
  { path: 'run/run.json', bytes: strToU8('{"seed":1}'.repeat(100)) as Uint8Array<ArrayBuffer> },
  { path: 'run/checkpoints/000001.safetensors', bytes: Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 3) },
];

const own = async () => new Uint8Array(await (await zipped(FILES)).arrayBuffer());

test('the checksum of zips: known answers, in one piece or in two', () => {
  expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
  expect(crc32(strToU8('56789'), crc32(strToU8('1234')))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test('what was zipped is unfolded again, whoever zipped it', async () => {
  expect(await unzipped(await own(), 'a.zip')).toEqual(FILES);
  const others = zipSync(Object.fromEntries(FILES.map(({ bytes, path }) => [path, bytes])), { comment: 'of mine' });
  expect((await unzipped(others as Uint8Array<ArrayBuffer>, 'b.zip')).map(({ path }) => path)).toEqual(
    FILES.map(({ path }) => path),
  );
});

test('a byte that has changed inside a file is noticed, and named', async () => {
  const zip = await own();
  // Of the weights, which are stored as they are.
  zip[zip.length - 10_000]! ^= 1;
  await expect(unzipped(zip, 'a.zip')).rejects.toThrow(
    'a.zip: it is damaged: run/checkpoints/000001.safetensors in it does not fit its checksum; download it again',
  );
});

test('a zip without its list of files is refused', async () => {
  const zip = await own();
  expect(checksums(zip)?.size).toBe(2);
  expect(checksums(zip.slice(0, -60))).toBeUndefined();
  await expect(unzipped(zip.slice(0, -60), 'a.zip')).rejects.toThrow('a.zip: it ');
});
