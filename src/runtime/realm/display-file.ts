/** A file that a program offers for saving. */
import { caps } from '../caps.ts';
import { copyOfBytes, isOfferedName, offeredKinds } from '../offered-file.ts';
import { wrongArgument } from './display-items.ts';
import type { FileItem } from '../protocol.ts';

export function toFileItem(name: string, bytes: Uint8Array | ArrayBuffer): FileItem {
  if (!isOfferedName(name)) {
    throw wrongArgument(
      'display.file',
      'name',
      `a file name of letters, digits, \`-\`, \`_\` and \`.\`, at most ${caps.fileName} characters, that ends in .${offeredKinds.join(', .')}`,
      name,
    );
  }
  if (!(bytes instanceof Uint8Array) && !(bytes instanceof ArrayBuffer)) {
    throw wrongArgument('display.file', 'bytes', 'a Uint8Array or an ArrayBuffer', bytes);
  }
  if (bytes.byteLength > caps.fileBytes) {
    throw wrongArgument(
      'display.file',
      'bytes',
      `at most ${caps.fileBytes / 1024 / 1024} MB`,
      bytes.byteLength,
    );
  }
  return {
    kind: 'file',
    name,
    bytes: copyOfBytes(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)),
  };
}
