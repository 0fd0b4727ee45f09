import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'esbuild';
import type { ListedBuild, LiteRtManifest } from '../litert/litert-manifest.ts';
import { projectRoot } from './project-root.ts';

/**
 * Emits `litert/`: the official runtime, its worker, and the list of them. Nothing of it is fetched, or kept for
 * reading offline, before a reader asks for it. In development it is served from memory.
 */
export function litertFiles(): AstroIntegration {
  return {
    name: 'heavy-weights:litert-files',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = /\/(litert\/[\w./-]+)(?:\?.*)?$/.exec(request.url ?? '')?.[1];
          if (path === undefined) return next();
          collectLiteRtFiles().then((files) => {
            const contents = files.get(path);
            if (contents === undefined) return next();
            response.setHeader('Content-Type', contentType(path));
            response.end(contents);
          }, next);
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const files = await collectLiteRtFiles();
        for (const [path, contents] of files) {
          await mkdir(new URL('.', new URL(path, dir)), { recursive: true });
          await writeFile(new URL(path, dir), contents);
        }
        const bytes = [...files.values()].reduce((sum, contents) => sum + contents.length, 0);
        logger.info(`${files.size} files, ${(bytes / 1e6).toFixed(1)} MB in litert/`);
      },
    },
  };
}

/** Every file of `litert/`, by its address relative to the base. */
export async function collectLiteRtFiles(): Promise<Map<string, Uint8Array>> {
  const { folder, version } = await findPackage();
  const files = new Map<string, Uint8Array>();
  /** Names carry a hash of the content: browsers may keep such a file for ever. */
  const add = (name: string, ending: string, contents: Uint8Array): string => {
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10);
    const path = `litert/${version}/${name}.${hash}.${ending}`;
    files.set(path, contents);
    return path;
  };
  const addBuild = async (name: string, original: string): Promise<ListedBuild> => {
    const wasm = await readFile(join(folder, 'wasm', `${original}.wasm`));
    const loader = await readFile(join(folder, 'wasm', `${original}.js`));
    return {
      loader: add(name, 'js', loader),
      wasm: add(name, 'wasm', wasm),
      bytes: wasm.length,
    };
  };
  const manifest: LiteRtManifest = {
    version,
    worker: add('worker', 'js', await bundleLiteRtWorker()),
    relaxedSimd: await addBuild('litert-relaxed-simd', 'litert_wasm_internal'),
    plain: await addBuild('litert-plain', 'litert_wasm_compat_internal'),
  };
  files.set('litert/manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  return files;
}

async function findPackage(): Promise<{ folder: string; version: string }> {
  const path = createRequire(join(projectRoot, 'package.json')).resolve(
    '@litertjs/core/package.json',
  );
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
  return { folder: dirname(path), version };
}

/** A classic script: see the worker. */
async function bundleLiteRtWorker(): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [join(projectRoot, 'src/litert/worker.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return result.outputFiles[0]!.contents;
}

function contentType(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  return path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
}
