import { wallTime, type FileTime } from './file-time.ts';

const ZIP64 = 0x0001;
const NTFS = 0x000a;
const UNIX_TIME = 0x5455;
/** 1601 to 1970, in milliseconds: where NTFS begins to count. */
const NTFS_EPOCH = 11_644_473_600_000;
/** The first moment that a zip can write: what tools write that know no time. */
const NO_TIME = 0x0021_0000;

/** The extra fields of a zip's entry by their ids; what is cut short is left out. */
export const readExtra = (bytes: Uint8Array): Map<number, DataView> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<number, DataView>();
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > bytes.length) break;
    const id = view.getUint16(at, true);
    if (!fields.has(id)) {
      fields.set(id, new DataView(bytes.buffer, bytes.byteOffset + at + 4, length));
    }
    at += 4 + length;
  }
  return fields;
};

/**
 * Sizes and places too large for 32 bits stand in an extra field, in the order of the fields that they replace.
 *
 * @see PKWARE, APPNOTE.TXT, version 6.3.10, section 4.5.3
 */
export const widen = (
  values: readonly [number, number, number],
  extra: Map<number, DataView>,
): [number, number, number] => {
  const wide = extra.get(ZIP64);
  let at = 0;
  const next = (value: number): number => {
    if (value !== 0xffffffff || wide === undefined || at + 8 > wide.byteLength) return value;
    at += 8;
    return Number(wide.getBigUint64(at - 8, true));
  };
  return [next(values[0]), next(values[1]), next(values[2])];
};

/** When an entry was last changed: by a field that knows its zone, else by the wall clock of whoever packed it. */
export const zipTime = (
  dosDateAndTime: number,
  extra: Map<number, DataView>,
): FileTime | undefined => {
  const zoned = unixTime(extra.get(UNIX_TIME)) ?? ntfsTime(extra.get(NTFS));
  if (zoned !== undefined) return { at: zoned, from: 'zip', zoned: true };
  if (dosDateAndTime === 0 || dosDateAndTime === NO_TIME) return undefined;
  const at = wallTime(
    1980 + (dosDateAndTime >>> 25),
    (dosDateAndTime >>> 21) & 15,
    (dosDateAndTime >>> 16) & 31,
    (dosDateAndTime >>> 11) & 31,
    (dosDateAndTime >>> 5) & 63,
    (dosDateAndTime & 31) * 2,
  );
  return at === undefined ? undefined : { at, from: 'zip', zoned: false };
};

const unixTime = (field: DataView | undefined): number | undefined =>
  field !== undefined && field.byteLength >= 5 && field.getUint8(0) & 1
    ? field.getInt32(1, true) * 1000
    : undefined;

const ntfsTime = (field: DataView | undefined): number | undefined =>
  field !== undefined && field.byteLength >= 16 && field.getUint16(4, true) === 1
    ? Number(field.getBigUint64(8, true) / 10_000n) - NTFS_EPOCH
    : undefined;
