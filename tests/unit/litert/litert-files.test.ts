import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectLiteRtFiles, litertFiles } from '../../../src/build/litert-files.ts';
import { readLiteRtManifest, type LiteRtManifest } from '../../../src/litert/litert-manifest.ts';

let files: Map<string, Uint8Array>;
let manifest: LiteRtManifest;

beforeAll(async () => {
  files = await collectLiteRtFiles();
  manifest = readLiteRtManifest(
    JSON.parse(new TextDecoder().decode(files.get('litert/manifest.json'))),
  );
});

describe('collectLiteRtFiles', () => {
  it('has what its list names, and nothing else', () => {
    const named = [manifest.relaxedSimd, manifest.plain].flatMap(({ loader, wasm }) => [
      loader,
      wasm,
    ]);
    expect([...files.keys()].sort()).toEqual(
      ['litert/manifest.json', manifest.worker, ...named].sort(),
    );
  });

  it('has LiteRT as the package has it, of the version that is told', () => {
    const folder = 'node_modules/@litertjs/core';
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
      version: string;
    };
    expect(manifest.version).toBe(version);
    for (const [{ loader, wasm, bytes }, name] of [
      [manifest.relaxedSimd, 'litert_wasm_internal'],
      [manifest.plain, 'litert_wasm_compat_internal'],
    ] as const) {
      const original = readFileSync(`${folder}/wasm/${name}.wasm`);
      expect(Buffer.compare(Buffer.from(files.get(wasm)!), original)).toBe(0);
      expect(bytes).toBe(original.length);
      expect(new TextDecoder().decode(files.get(loader))).toBe(
        readFileSync(`${folder}/wasm/${name}.js`, 'utf8'),
      );
      expect(WebAssembly.validate(original)).toBe(true);
    }
  });

  it('names files by what is in them, as the service worker keeps them', () => {
    for (const [path, contents] of files) {
      if (path.endsWith('.json')) continue;
      const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
      expect(path).toContain(`litert/${manifest.version}/`);
      expect(path).toMatch(new RegExp(`\\.${hash}\\.(js|wasm)$`));
    }
  });

  it('has a worker that is a classic script, small, and evaluates no text', () => {
    const text = new TextDecoder().decode(files.get(manifest.worker));
    expect(text).not.toMatch(/^\s*(import|export)\b/m);
    expect(text).not.toMatch(/\beval\(|new Function\b/);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('importScripts');
  });
});

describe('readLiteRtManifest', () => {
  const change = (more: object): unknown => ({ ...manifest, ...more });

  it.each<[string, () => unknown]>([
    ['nothing', () => null],
    ['no version', () => change({ version: 2 })],
    ['a version that is a path', () => change({ version: '../1.0.0' })],
    ['a worker elsewhere', () => change({ worker: 'https://x.example/litert/1/w.js' })],
    ['a worker above', () => change({ worker: 'litert/../w.js' })],
    ['a worker of another folder', () => change({ worker: 'sandbox/w.abc.js' })],
    ['no build', () => change({ plain: undefined })],
    [
      'a loader that is none',
      () => change({ plain: { ...manifest.plain, loader: manifest.plain.wasm } }),
    ],
    ['a size that is none', () => change({ plain: { ...manifest.plain, bytes: -1 } })],
  ])('refuses %s', (_, given) => {
    expect(() => readLiteRtManifest(given())).toThrow(
      expect.objectContaining({ code: 'litert-not-loaded' }),
    );
  });
});

it('npm run dev serves them all, below any base, and lets the rest pass', async () => {
  type Middleware = (request: object, response: object, next: (error?: unknown) => void) => void;
  const used: Middleware[] = [];
  const server = { middlewares: { use: (middleware: Middleware) => used.push(middleware) } };
  const setUp = litertFiles().hooks['astro:server:setup'] as (options: object) => void;
  setUp({ server });
  const site = createServer((request, response) => {
    used[0]!(request, response, (error) => response.writeHead(error ? 500 : 404).end());
  }).listen(0);
  try {
    const at = `http://localhost:${(site.address() as AddressInfo).port}`;
    const list = await fetch(`${at}/books/heavy/litert/manifest.json`);
    expect(list.headers.get('content-type')).toContain('application/json');
    expect(await list.json()).toEqual(manifest);
    for (const [path, type] of [
      [manifest.worker, 'text/javascript'],
      [manifest.plain.wasm, 'application/wasm'],
    ] as const) {
      const answer = await fetch(`${at}/${path}?v=1`);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), files.get(path)!)).toBe(0);
    }
    for (const path of ['/litert/none.js', '/workbench/'])
      expect((await fetch(at + path)).status).toBe(404);
  } finally {
    site.close();
  }
});
