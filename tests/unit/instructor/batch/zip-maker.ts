import { crc32 } from '../../../../src/engine/compression/crc32.ts';

/** An entry of a zip, each of whose claims can be a lie. */
export interface RawEntry {
  name: string | Uint8Array;
  /** As it stands in the zip: packed, if `method` says so. */
  data?: Uint8Array;
  method?: number;
  flags?: number;
  /** What the lists claim: of the stored data, unless given. */
  size?: number;
  packedSize?: number;
  crc?: number;
  /** Date and time as MS-DOS wrote them. */
  time?: number;
  extra?: Uint8Array;
  /** Place of the local header: its own, unless given. */
  headerAt?: number;
}

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text;

export const join = (...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

/** Little-endian numbers of so many bytes each: `[value, bytes]`. */
export const numbers = (...fields: readonly (readonly [number, 1 | 2 | 4 | 8])[]): Uint8Array => {
  const pieces = fields.map(([value, length]) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(value), true);
    return new Uint8Array(view.buffer, 0, length);
  });
  return join(...pieces);
};

/** A zip written field by field; with `zip64`, its end is of the kind for large archives. */
export const rawZip = (
  entries: readonly RawEntry[],
  { zip64 = false } = {},
): Uint8Array<ArrayBuffer> => {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = bytesOf(entry.name);
    const {
      data = new Uint8Array(0),
      method = 0,
      flags = 0x800,
      extra = new Uint8Array(0),
    } = entry;
    const { size = data.length, packedSize = data.length, crc = crc32(data), time = 0 } = entry;
    const common = numbers([20, 2], [flags, 2], [method, 2], [time, 4], [crc, 4]);
    const sizes = numbers([packedSize, 4], [size, 4], [name.length, 2]);
    const local = join(numbers([0x04034b50, 4]), common, sizes, numbers([0, 2]), name, data);
    locals.push(local);
    central.push(
      join(
        numbers([0x02014b50, 4], [20, 2]),
        common,
        sizes,
        numbers([extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4], [entry.headerAt ?? at, 4]),
        name,
        extra,
      ),
    );
    at += local.length;
  }
  const list = join(...central);
  const count = entries.length;
  const end64 = join(
    numbers([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8]),
    numbers([list.length, 8], [at, 8]),
    numbers([0x07064b50, 4], [0, 4], [at + list.length, 8], [1, 4]),
  );
  const end = zip64
    ? join(end64, numbers([0x06054b50, 4], [0, 4], [0xffff, 2], [0xffff, 2]))
    : numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2]);
  const place: readonly [number, 4][] = zip64
    ? [
        [0xffffffff, 4],
        [0xffffffff, 4],
      ]
    : [
        [list.length, 4],
        [at, 4],
      ];
  return join(...locals, list, end, numbers(...place, [0, 2]));
};

/** The extra field that says when a file was changed, in seconds since 1970. */
export const unixTime = (iso: string): Uint8Array =>
  join(numbers([0x5455, 2], [5, 2], [1, 1]), numbers([Date.parse(iso) / 1000, 4]));
