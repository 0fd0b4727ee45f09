/**
 * What a program may offer for saving: a plain name of a kind that no system executes, and a bounded number of bytes.
 * The realm explains a refusal to the reader; the host keeps to the same rules against code that goes round the realm.
 */
import { caps } from './caps.ts';

/** Files of data. A program that came by a shared link must not hand out an installer in the book's name. */
export const offeredKinds = ['tflite', 'h5', 'keras', 'json', 'csv', 'txt', 'npy', 'npz', 'bin'];

/** Letters, digits, `_`, `-` and single dots, a letter or digit first: no folder, no hidden file, no space. */
const plainName = /^[a-z0-9](?:[a-z0-9_-]|\.(?!\.))*$/i;

export function isOfferedName(name: unknown): name is string {
  if (typeof name !== 'string' || name.length > caps.fileName || !plainName.test(name))
    return false;
  const dot = name.lastIndexOf('.');
  return dot > 0 && offeredKinds.includes(name.slice(dot + 1).toLowerCase());
}

/** A copy of its own, of these bytes only: a view may lie in a buffer that is far larger. */
export function copyOfBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.byteLength);
  copy.set(bytes);
  return copy;
}
