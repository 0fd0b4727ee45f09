import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BookFiles } from '../runtime/book-files.ts';
import { bookFilesOnDisk } from '../runtime/node/book-files-on-disk.ts';
import { createNodeSandbox, type NodeSandbox } from '../runtime/node-session.ts';
import { bookCatalogue } from './catalogue.ts';
import { dataFiles } from './mnist-files.ts';
import { projectRoot } from './project-root.ts';

/** The book's models and data as its pages serve them, read from this folder. */
export function bookFilesHere(): BookFiles {
  const data = dataFiles();
  return bookFilesOnDisk(
    bookCatalogue(),
    async (url) =>
      data.get(url) ?? new Uint8Array(await readFile(join(projectRoot, 'public', url))),
  );
}

/** The readers' sandbox in Node, with the book's files. */
export const openBookSandbox = (): Promise<NodeSandbox> =>
  createNodeSandbox({ files: bookFilesHere() });
