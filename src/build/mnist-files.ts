import { mkdir, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { bookCatalogue } from './catalogue.ts';
import { mnistChunks } from './mnist-chunks.ts';

/**
 * Emits `data/`: the images in lazy files and `catalogue.json`. In development they are served from
 * memory; the built site has them as files.
 */
export function mnistFiles(): AstroIntegration {
  return {
    name: 'heavy-weights:mnist-files',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const name = /\/data\/([a-z0-9.-]+)(?:\?.*)?$/.exec(request.url ?? '')?.[1];
          const contents = name === undefined ? undefined : dataFiles().get(`data/${name}`);
          if (contents === undefined) return next();
          response.setHeader(
            'Content-Type',
            name?.endsWith('.json') ? 'application/json' : 'application/octet-stream',
          );
          response.end(contents);
        });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const files = dataFiles();
        await mkdir(new URL('data/', dir), { recursive: true });
        for (const [url, contents] of files) await writeFile(new URL(url, dir), contents);
        const bytes = [...files.values()].reduce((sum, contents) => sum + contents.length, 0);
        logger.info(`${files.size} files, ${(bytes / 1e6).toFixed(1)} MB in data/`);
      },
    },
  };
}

/** Every file of `data/`, by its address relative to the base. */
export function dataFiles(): Map<string, Uint8Array> {
  const chunks = mnistChunks().flatMap(({ files }) => files);
  return new Map([
    ['data/catalogue.json', new TextEncoder().encode(JSON.stringify(bookCatalogue()))],
    ...chunks.map(({ part, contents }) => [part.url, contents] as const),
  ]);
}
