import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../shared/', import.meta.url);

/** Bytes of a file that stands beside the repository in some workshops; undefined where it does not. */
export function referenceFile(path: string): Uint8Array<ArrayBuffer> | undefined {
  const url = new URL(path, folder);
  return existsSync(url) ? new Uint8Array(readFileSync(url)) : undefined;
}

/** Bytes of one of the reference models. */
export const referenceModel = (name: string): Uint8Array<ArrayBuffer> | undefined =>
  referenceFile(`models/${name}`);
