import { denseLinks } from './dense-storage.ts';
import { UNDEFINED_ADDRESS, type Hdf5Bytes, type Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid } from './hdf5-errors.ts';
import { findMessage, MESSAGE, type Message } from './object-header.ts';
import { readSymbolTable } from './symbol-table.ts';

/** Where a name in a group leads: to an object, or elsewhere by a path or into another file, which is not followed. */
export type Link = { address: number } | { elsewhere: 'a soft link' | 'an external link' };

/**
 * The links of a group, in whichever of three ways they are kept.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-unsupported`, `hdf5-truncated`
 * @internal
 */
export function readLinks(file: Hdf5Bytes, messages: readonly Message[]): Map<string, Link> {
  const links = new Map<string, Link>();
  const add = (name: string, link: Link): void => {
    if (links.has(name)) throw hdf5Invalid(`the name ${name} is in a group twice`);
    links.set(name, link);
  };
  const table = findMessage(messages, MESSAGE.symbolTable);
  if (table) readSymbolTable(file, table.offset(), table.offset(), add);
  for (const message of messages) {
    if (message.type === MESSAGE.link) readLink(message.open(), add);
  }
  const info = findMessage(messages, MESSAGE.linkInfo);
  if (info) for (const cursor of denseLinks(file, info)) readLink(cursor, add);
  return links;
}

/** @see HDF5 File Format Specification, version 3.0, section IV.A.2.g */
function readLink(cursor: Hdf5Cursor, add: (name: string, link: Link) => void): void {
  cursor.version(1);
  const flags = cursor.u8();
  const type = flags & 8 ? cursor.u8() : 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const name = readText(cursor, cursor.uint(1 << (flags & 3)));
  if (type === 0) {
    const address = cursor.offset();
    if (address === UNDEFINED_ADDRESS) throw hdf5Invalid(`${name} leads nowhere`);
    add(name, { address });
  } else add(name, { elsewhere: type === 1 ? 'a soft link' : 'an external link' });
}

function readText(cursor: Hdf5Cursor, length: number): string {
  const { at } = cursor.part(length);
  return cursor.file.text(at, length, 'the name of a link');
}
