import { crc32 } from '../../compression/crc32.ts';
import { ByteSink } from '../hdf5/byte-sink.ts';

/** 2.0: files and folders. */
const VERSION = 20;
/** 1 January 1980, midnight: the same model gives the same bytes. */
const DATE = (1 << 5) | 1;

/** Writes files into a zip, uncompressed, as Keras does. @internal */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  const central = new ByteSink();
  for (const [name, bytes] of files) {
    const at = sink.length;
    const encoded = new TextEncoder().encode(name);
    const shared = new ByteSink();
    // No flags, stored, time, date; then checksum and sizes.
    shared.u16(VERSION).u16(0).u16(0).u16(0).u16(DATE);
    shared.u32(crc32(bytes)).u32(bytes.length).u32(bytes.length).u16(encoded.length).u16(0);
    sink.u32(0x04034b50).raw(shared.toBytes()).raw(encoded).raw(bytes);
    central.u32(0x02014b50).u16(VERSION).raw(shared.toBytes());
    // No comment, first disk, no attributes.
    central.u16(0).u16(0).u16(0).u32(0).u32(at).raw(encoded);
  }
  const start = sink.length;
  sink.raw(central.toBytes());
  sink.u32(0x06054b50).u16(0).u16(0).u16(files.size).u16(files.size);
  sink.u32(central.length).u32(start).u16(0);
  return sink.toBytes();
}
