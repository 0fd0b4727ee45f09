import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ReaderError } from '../../src/shared/reader-error.ts';

/** The bytes of a file. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'it is not there',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be read',
    };
    throw new ReaderError({
      code: 'file-not-read',
      explain: `${path} cannot be read: ${reasons[code ?? ''] ?? (error as Error).message}.`,
      hint: code === 'EISDIR' ? 'Name the file in it, such as model.json.' : undefined,
    });
  }
}

/**
 * Before any work: every file that is to be written has a folder, and none is there already.
 *
 * @throws ReaderError `folder-missing`, `file-exists`, `file-written-twice`
 */
export function requireWritable(
  paths: readonly (string | undefined)[],
  { input, force }: { input: string; force: boolean },
): void {
  const given = paths.filter((path) => path !== undefined);
  for (const [index, path] of given.entries()) {
    if (!existsSync(dirname(path))) {
      throw new ReaderError({
        code: 'folder-missing',
        explain: `${path} cannot be written: its folder is not there.`,
        hint: `Make it first: mkdir -p ${dirname(path)}`,
      });
    }
    if (given.indexOf(path) !== index || path === input) {
      throw new ReaderError({
        code: 'file-written-twice',
        explain: `${path} is to hold two things at once.`,
        hint: 'Give each file a name of its own.',
      });
    }
    if (!existsSync(path)) continue;
    if (statSync(path).isDirectory() || !force) {
      throw new ReaderError({
        code: 'file-exists',
        explain: `${path} is there already.`,
        hint: statSync(path).isDirectory()
          ? 'It is a folder: name a file.'
          : 'Give another name, or --force to write over it.',
      });
    }
  }
}

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  const part = `${dirname(path)}/.${basename(path)}.${randomUUID()}.part`;
  try {
    await writeFile(part, contents);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new ReaderError({
      code: 'file-not-written',
      explain: `${path} cannot be written: ${(error as Error).message}.`,
    });
  }
}
