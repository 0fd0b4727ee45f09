import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectLiteRtFiles } from '../../../src/build/litert-files.ts';
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
