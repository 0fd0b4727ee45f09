import { openAsBlob } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BatchInput } from '../../src/instructor/batch/found-file.ts';
import { ReaderError } from '../../src/shared/reader-error.ts';

/** Files at most: a folder by mistake can hold a whole disc. */
const MOST_FILES = 50_000;

export interface Inputs {
  files: BatchInput[];
  /** Symbolic links within the folders that were named: they are left out. */
  links: number;
}

/** What the command line named, as the batch takes it. Nothing is read before it is its turn. */
export async function readInputs(paths: readonly string[]): Promise<Inputs> {
  const inputs: Inputs = { files: [], links: 0 };
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) {
      throw new ReaderError({
        code: 'hand-ins-missing',
        explain: `There is no file or folder ${path}.`,
      });
    }
    // Of a folder, what lies in it is named from there; several inputs keep their own names apart.
    const name = paths.length > 1 || found.isFile() ? basename(path) : '';
    await collect(path, name, inputs);
  }
  return inputs;
}

async function collect(path: string, name: string, inputs: Inputs): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    for (const entry of (await readdir(path)).sort()) {
      const inner = join(path, entry);
      // What was named may be a link. One in an unpacked archive can point at another student's work.
      if ((await lstat(inner).catch(() => undefined))?.isSymbolicLink()) inputs.links += 1;
      else await collect(inner, name === '' ? entry : `${name}/${entry}`, inputs);
    }
    return;
  }
  if (!found?.isFile()) return;
  if (inputs.files.length >= MOST_FILES) {
    throw new ReaderError({
      code: 'hand-ins-too-many',
      explain: `There are more than ${MOST_FILES} files: is it the right folder?`,
    });
  }
  inputs.files.push({ path: name, blob: await openAsBlob(path), modified: found.mtimeMs });
}
