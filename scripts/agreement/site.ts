/** A site with nothing but LiteRT and one page that can open it, below a path of its own. */
import { createServer } from 'node:http';
import { collectLiteRtFiles } from '../../src/build/litert-files.ts';
import { bundlePageScript } from '../local-site/bundle-page-script.ts';
import { contentType } from '../local-site/content-type.ts';
import { listenLocally } from '../local-site/listen-locally.ts';

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

export async function startLiteRtSite(): Promise<LiteRtSite> {
  const files = new Map(await collectLiteRtFiles());
  const encoder = new TextEncoder();
  files.set('page.html', encoder.encode(page));
  files.set('page.js', await bundlePageScript('scripts/agreement/page.ts'));
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
    const policy = POLICIES[name.split('.').at(-1)!];
    response.writeHead(200, {
      'content-type': contentType(name),
      'cache-control': 'no-cache',
      ...(policy && { 'content-security-policy': policy }),
    });
    response.end(contents);
  });
  const { origin, close } = await listenLocally(server);
  return {
    url: `${origin}${BASE}page.html`,
    requests,
    files,
    close,
  };
}

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>LiteRT</title></head>
<body><h1>LiteRT</h1><script src="page.js"></script></body></html>`;
