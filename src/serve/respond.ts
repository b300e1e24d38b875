// Answers: the headers that all of them carry, compression, and what browsers may keep.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Kernels are WebAssembly; nothing else is compiled from text, and nothing comes from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  // Together they let a page share memory with its workers.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export const NO_CACHE = 'no-cache';
const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
/** Smaller texts gain nothing. */
const WORTH = 1024;

export type Encoding = 'br' | 'gzip';
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Puts the headers of every answer on `response`. */
export function prepare(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** Which of the encodings the client takes: the denser one where it takes both. */
export function encodingOf({ headers }: IncomingMessage): Encoding | undefined {
  const taken = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]!.trim());
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding));
}

/** @param dense as small as is sensible, for what is kept; else as fast as can be. */
export function compress(bytes: Uint8Array, encoding: Encoding, dense: boolean): Promise<Buffer> {
  if (encoding === 'gzip') return zip(bytes, { level: dense ? 9 : 1 });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: dense ? 9 : 1,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotli(bytes, { params });
}

/** Answers with a body, or with its headers alone where those were asked for. */
export function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  status = 200,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(value));
  const encoding = bytes.length < WORTH ? undefined : encodingOf(request);
  const headers = { 'Content-Type': JSON_TYPE, 'Cache-Control': NO_CACHE, Vary: 'Accept-Encoding' };
  if (encoding === undefined) sendBytes(request, response, status, headers, bytes);
  else {
    const body = await compress(bytes, encoding, false);
    sendBytes(request, response, status, { ...headers, 'Content-Encoding': encoding }, body);
  }
}

export function sendText(request: IncomingMessage, response: ServerResponse, status: number, sentence: string): void {
  const headers = { 'Content-Type': TEXT_TYPE, 'Cache-Control': NO_CACHE };
  sendBytes(request, response, status, headers, Buffer.from(`${sentence}\n`));
}

/** Whether the client has what `tag` stands for; it is then told so. */
export function isUnchanged(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>> & { readonly ETag: string },
): boolean {
  const tags = String(request.headers['if-none-match'] ?? '').split(/,\s*/);
  if (!tags.includes(headers.ETag) && !tags.includes('*')) return false;
  response.writeHead(304, headers).end();
  return true;
}

/** Weak: what is compressed has other bytes. */
export const tagOf = ({ mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }): string =>
  `W/"${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;
