import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the repository's package.json, found upward from the working directory. Not from
 * `import.meta.url`: Astro bundles build code that pages import, and a bundle lies somewhere else.
 */
export const projectRoot: string = findProjectRoot(process.cwd());

function findProjectRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && isOurs(readFileSync(manifest, 'utf8'))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(
        `No package.json of heavy-weights in ${start} or above: run inside the repository.`,
      );
    }
  }
}

function isOurs(manifest: string): boolean {
  return (JSON.parse(manifest) as { name?: unknown }).name === 'heavy-weights';
}
