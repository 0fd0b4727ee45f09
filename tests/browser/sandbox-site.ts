/** A site with nothing but the sandbox and one page that embeds it: these tests need no built book. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePageScript } from '../../scripts/local-site/bundle-page-script.ts';
import { listenLocally } from '../../scripts/local-site/listen-locally.ts';
import { sandboxFiles } from '../../src/build/sandbox-bundle.ts';
import { bundleFrame } from '../../src/runtime/node/bundle-frame.ts';

export interface SandboxSite {
  /** Of the page that embeds the sandbox; `window.sandbox` and `window.open` are there. */
  url: string;
  /** Every request that came, in order. */
  requests: { path: string; referrer: string | undefined }[];
  close(): Promise<void>;
}

export interface SiteOptions {
  /** False takes the policy line out of sandbox.html. */
  policy?: boolean;
  /** Entry of the worker bundle: the book's own unless given. */
  entry?: string;
  /** As the Grade page opens it: programs that import nothing run in the light worker. */
  grading?: boolean;
  /** Entry of the light worker's bundle: the book's own unless given. */
  lightEntry?: string;
  /** Path below which the site lies. */
  base?: string;
}

export async function startSandboxSite({
  policy = true,
  entry,
  lightEntry,
  grading = false,
  base = '/',
}: SiteOptions = {}): Promise<SandboxSite> {
  const pages = new Map<string, { type: string; body: string | Uint8Array }>();
  const frame = await bundleFrame();
  const html = policy
    ? frame.html
    : frame.html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, '');
  if (!policy && html === frame.html)
    throw new Error('sandbox.html has no policy line to take out.');
  pages.set('sandbox.html', { type: 'text/html', body: html });
  pages.set('page.html', { type: 'text/html', body: page });
  pages.set('page.js', { type: 'text/javascript', body: await pageScript(base, grading) });
  for (const [path, body] of await sandboxFiles(entry, lightEntry)) {
    pages.set(path, {
      type: path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream',
      body,
    });
  }
  pages.set('answers.json', { type: 'application/json', body: '{"secret":42}' });

  const requests: SandboxSite['requests'] = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    requests.push({ path, referrer: request.headers.referer });
    const name = path.startsWith(base) ? path.slice(base.length) : '';
    const found = pages.get(name) ?? (await readPublic(name));
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    // The page has a policy like the book's: it may frame and fetch itself, and needs no eval.
    const pagePolicy = "default-src 'self'; frame-src 'self' data:";
    response.writeHead(200, {
      'content-type': found.type,
      'cache-control': 'no-cache',
      ...(name === 'page.html' ? { 'content-security-policy': pagePolicy } : {}),
    });
    response.end(found.body);
  });
  const { origin, close } = await listenLocally(server);
  return {
    requests,
    url: `${origin}${base}page.html`,
    close,
  };
}

async function readPublic(name: string): Promise<{ type: string; body: Uint8Array } | undefined> {
  if (!/^models\/[\w-]+\/[\w.-]+$/.test(name)) return undefined;
  try {
    return {
      type: 'application/octet-stream',
      body: await readFile(join(process.cwd(), 'public', name)),
    };
  } catch {
    return undefined;
  }
}

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Embedding page</title></head>
<body><h1>Embedding page</h1><input id="field"><div id="out"></div><script src="page.js"></script></body></html>`;

const pageScript = (base: string, grading: boolean): Promise<Uint8Array> =>
  bundlePageScript({
    text: `
      import { Sandbox } from './src/runtime/host.ts';
      window.Sandbox = Sandbox;
      window.sandbox = new Sandbox({ base: ${JSON.stringify(base)}, grading: ${grading} });
    `,
  });
