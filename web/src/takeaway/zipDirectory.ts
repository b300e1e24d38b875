// The list of files at the end of a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16.

const ENTRY = 0x02014b50;
const END = 0x06054b50;
/** Of zips with offsets of 64 bits: the end in full, and where it stands. */
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const SIZE = { entry: 46, end: 22, end64: 56, locator64: 20 };
/** A comment may follow the end. */
const COMMENT = 0xffff;

/** The CRC-32 of each file by its path, as the zip tells it; `undefined` where its list is missing or damaged. */
export function checksums(zip: Uint8Array<ArrayBuffer>): ReadonlyMap<string, number> | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const found = new Map<string, number>();
  for (let at = beginningOf(view, end); at < end && signed(view, at, SIZE.entry, ENTRY); ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(zip.subarray(at + SIZE.entry, at + SIZE.entry + name));
    found.set(path, view.getUint32(at + 16, true));
    at += SIZE.entry + name + extra + comment;
  }
  return found.size > 0 ? found : undefined;
}

const signed = (view: DataView, at: number, size: number, signature: number): boolean =>
  at >= 0 && at + size <= view.byteLength && view.getUint32(at, true) === signature;

function endOf(view: DataView): number | undefined {
  const last = view.byteLength - SIZE.end;
  for (let at = last; at >= Math.max(0, last - COMMENT); at--) if (signed(view, at, SIZE.end, END)) return at;
  return undefined;
}

function beginningOf(view: DataView, end: number): number {
  const locator = end - SIZE.locator64;
  if (!signed(view, locator, SIZE.locator64, LOCATOR_64)) return view.getUint32(end + 16, true);
  const end64 = Number(view.getBigUint64(locator + 8, true));
  return signed(view, end64, SIZE.end64, END_64) ? Number(view.getBigUint64(end64 + 48, true)) : -1;
}
