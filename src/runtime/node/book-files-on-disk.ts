import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CatalogueFiles } from '../book-files.ts';
import type { BookFiles } from '../book-files.ts';
import type { Catalogue } from '../files.ts';

/**
 * Files of the book read from folders instead of fetched.
 *
 * @param catalogue what there is
 * @param read bytes at a part's address; files below `public/` unless given
 */
export function bookFilesOnDisk(
  catalogue: Catalogue,
  read: (url: string) => Promise<Uint8Array> = (url) =>
    readFile(join(process.cwd(), 'public', url)),
): BookFiles {
  return new CatalogueFiles({
    catalogue: async () => catalogue,
    fetchPart: async ({ url }) => read(url),
  });
}
