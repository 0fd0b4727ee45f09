import type { Hdf5Bytes, Hdf5Cursor } from './hdf5-bytes.ts';
import { hdf5Invalid, hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';

/** Numbers of the messages that are read. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const MOST_MESSAGES = 65_536;
const SHARED = 0b10;

/** One message of an object's header. */
export interface Message {
  readonly type: number;
  readonly flags: number;
  /** A new cursor each time. */
  open(): Hdf5Cursor;
}

/**
 * Reads the messages of an object's header, versions 1 and 2, with those of the blocks it is continued in.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @see HDF5 File Format Specification, version 3.0, section IV.A.1
 * @internal
 */
export function readObjectHeader(file: Hdf5Bytes, address: number): Message[] {
  const cursor = file.cursor(address, 'an object header');
  const isVersion2 = file.bytes[cursor.at] === 0x4f;
  const messages: Message[] = [];
  const blocks: Hdf5Cursor[] = [];
  let readBlock: (block: Hdf5Cursor) => void;
  if (isVersion2) {
    const { block, hasOrder } = openVersion2(cursor);
    blocks.push(block);
    readBlock = (each) => readMessages2(each, hasOrder, messages);
  } else {
    blocks.push(openVersion1(cursor));
    readBlock = (each) => readMessages1(each, messages);
  }
  const seen = new Set<number>();
  for (let at = 0; at < blocks.length; at++) {
    const before = messages.length;
    readBlock(blocks[at]!);
    for (const message of messages.slice(before)) {
      if (message.type !== MESSAGE.continuation) continue;
      const next = message.open();
      const target = next.offset();
      const length = next.length();
      if (seen.has(target)) throw hdf5Invalid('an object header is continued in itself');
      seen.add(target);
      const block = file.cursor(target, 'the continuation of an object header', length);
      blocks.push(isVersion2 ? trimVersion2(block) : block);
    }
  }
  return messages;
}

function openVersion1(cursor: Hdf5Cursor): Hdf5Cursor {
  cursor.version(1);
  cursor.skip(7);
  const size = cursor.u32();
  // Messages begin at a multiple of 8.
  cursor.skip(4);
  return cursor.part(size);
}

function openVersion2(cursor: Hdf5Cursor): { block: Hdf5Cursor; hasOrder: boolean } {
  cursor.signature('OHDR');
  cursor.version(2);
  const flags = cursor.u8();
  if (flags & 0x20) cursor.skip(16);
  if (flags & 0x10) cursor.skip(4);
  const size = cursor.uint(1 << (flags & 3));
  return { block: cursor.part(size), hasOrder: (flags & 4) !== 0 };
}

/** Takes signature and checksum off a block. */
function trimVersion2(block: Hdf5Cursor): Hdf5Cursor {
  block.signature('OCHK');
  return block.part(block.left - 4);
}

function readMessages1(block: Hdf5Cursor, messages: Message[]): void {
  while (block.left >= 8) {
    const type = block.u16();
    const size = block.u16();
    const flags = block.u8();
    block.skip(3);
    add(messages, type, flags, block.part(size, 'a message of an object header'));
  }
}

function readMessages2(block: Hdf5Cursor, hasOrder: boolean, messages: Message[]): void {
  // A gap too small for a message may be left at the end.
  while (block.left >= (hasOrder ? 6 : 4)) {
    const type = block.u8();
    const size = block.u16();
    const flags = block.u8();
    if (hasOrder) block.skip(2);
    add(messages, type, flags, block.part(size, 'a message of an object header'));
  }
}

function add(messages: Message[], type: number, flags: number, body: Hdf5Cursor): void {
  body.file.spend(1);
  if (type === 0) return;
  if (messages.length >= MOST_MESSAGES) throw hdf5Invalid('an object has too many messages');
  const start = body.at;
  const open = (): Hdf5Cursor => {
    body.at = start;
    return body.part(body.left);
  };
  messages.push({ type, flags, open });
}

/** The one message of a type that an object must have, or may have at most one of. @internal */
export function findMessage(messages: readonly Message[], type: number): Hdf5Cursor | undefined {
  const found = messages.find((message) => message.type === type);
  if (!found) return undefined;
  if (found.flags & SHARED) {
    throw hdf5Unsupported('types that objects share', SAVE_WITH_KERAS);
  }
  return found.open();
}
