/** A site with nothing but LiteRT and one page that can open it, below a path of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { collectLiteRtFiles } from '../../src/build/litert-files.ts';
import { projectRoot } from '../../src/build/project-root.ts';

export interface LiteRtSite {
  /** Of the page; `window.agreement` is there. */
  url: string;
  /** Every path that was asked for, in order. */
  requests: string[];
  /** Files by their path below the base: tests put, change and take away. */
  files: Map<string, Uint8Array>;
  close(): Promise<void>;
}

const BASE = '/a/sub-path/';

/**
 * The page may do what the book's pages may; the worker, whose policy comes with its own script, no more than LiteRT
 * needs. Neither reaches another site.
 */
const POLICIES: Record<string, string> = {
  html: "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'",
  js: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
};

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

export async function startLiteRtSite(): Promise<LiteRtSite> {
  const files = new Map(await collectLiteRtFiles());
  const encoder = new TextEncoder();
  files.set('page.html', encoder.encode(page));
  files.set('page.js', await pageScript());
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    requests.push(pathname);
    const name = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : '';
    const contents = files.get(name);
    if (!contents) {
      response.writeHead(404).end();
      return;
    }
    const ending = name.split('.').at(-1)!;
    const policy = POLICIES[ending];
    response.writeHead(200, {
      'content-type': TYPES[ending] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      ...(policy && { 'content-security-policy': policy }),
    });
    response.end(contents);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${BASE}page.html`,
    requests,
    files,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>LiteRT</title></head>
<body><h1>LiteRT</h1><script src="page.js"></script></body></html>`;

async function pageScript(): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [join(projectRoot, 'scripts/agreement/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return result.outputFiles[0]!.contents;
}
