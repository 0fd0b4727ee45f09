import { ByteSink } from './byte-sink.ts';

/** Where a text lies: its length in bytes, the collection and its number in it. */
export interface PlacedTexts {
  length: number;
  collection: number;
  index: number;
}

/** A collection takes at least so many bytes. */
const LEAST_COLLECTION = 4096;
const HEAD_BYTES = 16;
const MOST_OBJECTS = 65_535;

/** Writes texts into collections of the global heap, each text once. @internal */
export function writeTexts(sink: ByteSink, texts: readonly string[]): Map<string, PlacedTexts> {
  const placed = new Map<string, PlacedTexts>();
  const distinct = [...new Set(texts)].filter((text) => text !== '');
  for (let at = 0; at < distinct.length; at += MOST_OBJECTS) {
    writeCollection(sink, distinct.slice(at, at + MOST_OBJECTS), placed);
  }
  return placed;
}

function writeCollection(
  sink: ByteSink,
  texts: readonly string[],
  placed: Map<string, PlacedTexts>,
): void {
  sink.align();
  const collection = sink.length;
  const objects = new ByteSink();
  texts.forEach((text, i) => {
    const bytes = new TextEncoder().encode(text);
    objects
      .u16(i + 1)
      .u16(1)
      .u32(0)
      .u64(bytes.length)
      .raw(bytes)
      .align();
    placed.set(text, { length: bytes.length, collection, index: i + 1 });
  });
  const size = Math.max(LEAST_COLLECTION, HEAD_BYTES + objects.length + HEAD_BYTES);
  sink.raw(new TextEncoder().encode('GCOL')).u8(1).zeros(3).u64(size).raw(objects.toBytes());
  // Object 0 is the room that is left, its own head counted.
  const left = size - HEAD_BYTES - objects.length;
  sink
    .u16(0)
    .u16(0)
    .u32(0)
    .u64(left)
    .zeros(left - HEAD_BYTES);
}
