/** A site on this machine alone, with the sandbox and the one page that embeds it. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { dataFiles } from '../../src/build/mnist-files.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { sandboxFiles } from '../../src/build/sandbox-bundle.ts';
import { bundleFrame } from '../../src/runtime/node/bundle-frame.ts';
import { bundlePageScript } from '../local-site/bundle-page-script.ts';
import { contentType } from '../local-site/content-type.ts';
import { listenLocally } from '../local-site/listen-locally.ts';

export interface GradingSite {
  /** Of the page; `window.gradeCheck` is there. */
  url: string;
  close(): Promise<void>;
}

/** As in the book: the sandbox's frame may not be led away. */
const POLICY = "default-src 'self'; frame-src 'self'";

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Grading</title><link rel="icon" href="data:,"></head>
<body><h1>Grading</h1><script src="page.js"></script></body></html>`;

export async function startGradingSite(): Promise<GradingSite> {
  const files = new Map<string, string | Uint8Array>([
    ...(await sandboxFiles()),
    ['sandbox.html', (await bundleFrame()).html],
    ['page.html', page],
    ['page.js', await bundlePageScript('scripts/grade/page.ts')],
  ]);
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://site').pathname.slice(1);
    const contents = files.get(name) ?? (await bookFile(name));
    if (contents === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': contentType(name),
      ...(name === 'page.html' && { 'content-security-policy': POLICY }),
    });
    response.end(contents);
  });
  const { origin, close } = await listenLocally(server);
  return {
    url: `${origin}/page.html`,
    close,
  };
}

/** The images are made, and models read, only when a program asks for them. */
async function bookFile(name: string): Promise<Uint8Array | undefined> {
  if (name.startsWith('data/')) return dataFiles().get(name);
  if (!/^models\/[\w-]+\/[\w-]+\.\w+$/.test(name)) return undefined;
  return readFile(join(projectRoot, 'public', name)).catch(() => undefined);
}
