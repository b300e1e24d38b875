// The server of runs on disk and of the page that shows them: read-only, and of two folders alone.

import { realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InnerloopError } from '../core/errors.ts';
import { errorCode, onFile } from '../runs/fileErrors.ts';
import { Api } from './api.ts';
import { allowedHosts, inUrl, isAllowed, isWildcard } from './hosts.ts';
import type { Rhythm } from './live.ts';
import { Refusal } from './refusal.ts';
import { prepare, sendJson, sendText } from './respond.ts';
import { Site } from './site.ts';

export interface ServeOptions {
  /** Of runs. */
  readonly folder: string;
  /** Of the built page; may be missing. */
  readonly site: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly rhythm?: Rhythm;
  /** Told of what is this program's own fault; the client learns only that it happened. */
  readonly onError?: (error: unknown) => void;
}

export interface RunServer {
  readonly url: string;
  /** The address it listens on. */
  readonly address: string;
  readonly api: Api;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** @throws InnerloopError `file`, `conflict` or `invalid`: no such folder, port in use, no such host. */
export async function serveRuns(options: ServeOptions): Promise<RunServer> {
  const { folder, host, onError = () => {}, port, rhythm, site } = options;
  const root = onFile(folder, () => realpathSync(folder));
  if (!statSync(root).isDirectory()) {
    throw new InnerloopError({ kind: 'file', path: folder, reason: 'it is a file', hint: 'name a folder of runs' });
  }
  const api = new Api(root, onError, rhythm);
  const page = new Site(site);
  let allowed: ReadonlySet<string> = new Set();
  const server = createServer((request, response) => {
    prepare(response);
    answer(request, response, { allowed, api, page }).catch((error: unknown) => {
      refuse(request, response, error, onError);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refusedToListen(error, host, port)));
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'), resolve);
  });
  server.on('error', onError);
  const { address, port: bound } = server.address() as AddressInfo;
  allowed = allowedHosts(host, address);
  return {
    url: `http://${isWildcard(address) ? '127.0.0.1' : inUrl(host)}:${bound}/`,
    address,
    api,
    close() {
      api.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Parts {
  readonly allowed: ReadonlySet<string>;
  readonly api: Api;
  readonly page: Site;
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { host } = request.headers;
  if (!isAllowed(host, parts.allowed)) {
    const name = JSON.stringify(String(host ?? '').slice(0, 80));
    throw new Refusal(403, `this server does not answer to the name ${name}; start it with --host to give it another`);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    throw new Refusal(405, 'this server can only be read from');
  }
  const { path, query } = split(request.url ?? '');
  if (path[0] === 'api') await parts.api.answer(request, response, path.slice(1), query);
  else await parts.page.send(request, response, path);
}

/** A request's target as decoded names and its query. */
function split(target: string): { readonly path: readonly string[]; readonly query: URLSearchParams } {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  if (!path.startsWith('/')) throw new Refusal(400, 'expected a path that begins with a slash');
  try {
    const names = path.slice(1).split('/').map(decodeURIComponent).join('/').split('/');
    return { path: names, query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)) };
  } catch {
    throw new Refusal(400, 'the address is not encoded as addresses are');
  }
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  onError: (error: unknown) => void,
): void {
  const { message, status } =
    error instanceof Refusal ? error : new Refusal(500, 'the server made a mistake; its terminal says which');
  if (!(error instanceof Refusal) && !response.destroyed) onError(error);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // What a request brought along is not waited for.
  if (status === 405) response.setHeader('Connection', 'close');
  if ((request.url ?? '').startsWith('/api')) void sendJson(request, response, { error: message }, status);
  else sendText(request, response, status, message);
}

/** Why a server may not listen there, as data. */
function refusedToListen(error: unknown, host: string, port: number): unknown {
  const hint = 'choose another --port, or 0 for any that is free';
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new InnerloopError({ kind: 'conflict', what: `port ${port} of ${host} is in use`, hint });
    case 'EACCES':
      return new InnerloopError({ kind: 'conflict', what: `port ${port} may not be used`, hint });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL': {
      const expected = 'a name or an address of this machine';
      return new InnerloopError({ kind: 'invalid', what: '--host', expected, received: `'${host}'` });
    }
    default:
      return error;
  }
}
