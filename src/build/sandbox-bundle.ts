import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { bundleFrame } from '../runtime/node/bundle-frame.ts';
import { bundleLightWorker, bundleWorker } from '../runtime/node/bundle-worker.ts';
import type { SandboxManifest } from '../runtime/sandbox-assets.ts';

const frameModule = 'virtual:heavy-weights/sandbox-frame';

/**
 * Emits `sandbox/`: the worker's script and the wasm files under hashed names, and the manifest that
 * names them; and gives the text of /sandbox.html to its page. In development everything is served
 * from memory and built anew when a file of it changes.
 */
export function sandboxBundle(): AstroIntegration {
  return {
    name: 'heavy-weights:sandbox-bundle',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'heavy-weights:sandbox-frame',
                resolveId: (id: string) => (id === frameModule ? `\0${frameModule}` : undefined),
                load: async (id: string) => {
                  if (id !== `\0${frameModule}`) return undefined;
                  const { html, scriptHash } = await bundleFrame();
                  return `export const html = ${JSON.stringify(html)};\nexport const scriptHash = ${JSON.stringify(scriptHash)};`;
                },
              },
            ],
          },
        });
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = /\/(sandbox\/[\w.-]+)(?:\?.*)?$/.exec(request.url ?? '')?.[1];
          if (path === undefined) return next();
          sandboxFiles().then((files) => {
            const contents = files.get(path);
            if (contents === undefined) return next();
            response.setHeader('Content-Type', contentType(path));
            response.end(contents);
          }, next);
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const files = await sandboxFiles();
        await mkdir(new URL('sandbox/', dir), { recursive: true });
        for (const [path, contents] of files) await writeFile(new URL(path, dir), contents);
        const worker = [...files].find(([path]) => path.endsWith('.js'))![1];
        logger.info(
          `worker ${(worker.length / 1e3).toFixed(0)} kB, ${files.size} files in sandbox/`,
        );
      },
    },
  };
}

/** Every file of `sandbox/`, by its address relative to the base. Entries of the workers: the book's unless given. */
export async function sandboxFiles(
  entry?: string,
  lightEntry?: string,
): Promise<Map<string, Uint8Array>> {
  const { text, hash, wasm } = await bundleWorker(entry);
  const light = await bundleLightWorker(lightEntry);
  const manifest: SandboxManifest = {
    worker: `sandbox/worker.${hash}.js`,
    light: `sandbox/submission.${light.hash}.js`,
    wasmSimd: `sandbox/tensorflow-simd.${shortHash(wasm.simd)}.wasm`,
    wasm: `sandbox/tensorflow.${shortHash(wasm.plain)}.wasm`,
  };
  const encoder = new TextEncoder();
  return new Map([
    ['sandbox/manifest.json', encoder.encode(JSON.stringify(manifest))],
    [manifest.worker, encoder.encode(text)],
    [manifest.light, encoder.encode(light.text)],
    [manifest.wasmSimd, wasm.simd],
    [manifest.wasm, wasm.plain],
  ]);
}

function shortHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 10);
}

function contentType(path: string): string {
  if (path.endsWith('.json')) return 'application/json';
  return path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
}
