import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'esbuild';
import { injectManifest } from 'workbox-build';
import { projectRoot } from './project-root.ts';

/** Files that every visit needs, small enough to fetch unasked. The rest is kept as it is visited. */
const SHELL = [
  'index.html',
  'offline/index.html',
  'contents/index.html',
  'sandbox.html',
  '_astro/*.css',
  'generated/fonts/*-core.*.woff2',
];
const LARGEST = 200_000;

/** Writes dist/service-worker.js, with the list of the shell's files and their hashes inside. */
export const serviceWorker = (): AstroIntegration => {
  let base = '/';
  return {
    name: 'heavy-weights:service-worker',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = `/${config.base}/`.replace(/\/+/g, '/');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const bundled = join(folder, 'service-worker.bundle.js');
        await build({
          entryPoints: [join(projectRoot, 'src/service-worker/service-worker.ts')],
          outfile: bundled,
          bundle: true,
          minify: true,
          format: 'iife',
          target: 'es2022',
          define: { 'process.env.NODE_ENV': '"production"' },
          logLevel: 'error',
        });
        const result = await injectManifest({
          swSrc: bundled,
          swDest: join(folder, 'service-worker.js'),
          globDirectory: folder,
          globPatterns: SHELL,
          maximumFileSizeToCacheInBytes: LARGEST,
          // Names of these carry a hash of their content: they need no revision of their own.
          dontCacheBustURLsMatching: /(?:_astro|generated\/fonts)\//,
          modifyURLPrefix: { '': base },
          manifestTransforms: [
            (entries) => ({
              // A folder's page is asked for by the folder's address.
              manifest: entries.map((entry) => ({
                ...entry,
                url: entry.url.replace(/(^|\/)index\.html$/, '$1'),
              })),
              warnings: [],
            }),
          ],
        });
        await rm(bundled);
        // A file over the size limit would be left out without a word; then the book would not open offline.
        if (result.warnings.length > 0)
          throw new Error(`service worker: ${result.warnings.join('; ')}`);
        logger.info(
          `${result.count} files kept for offline, ${(result.size / 1000).toFixed(0)} kB`,
        );
      },
    },
  };
};
