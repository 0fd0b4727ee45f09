/** The smallest pieces of reading a message: one value of one type, or a refusal. */

/** Thrown for a message that the other side would not have sent. */
export class Refused extends Error {}

export function readRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Refused(`${what} is no object`);
  const record = Object.create(null) as Record<string, unknown>;
  for (const [name, { value: own }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    record[name] = own;
  }
  return record;
}

export function readText(value: unknown, what: string, longest: number): string {
  if (typeof value !== 'string') throw new Refused(`${what} is no text`);
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

export function readInteger(value: unknown, what: string, least: number, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
    throw new Refused(`${what} is no whole number from ${least} to ${most}`);
  }
  return value as number;
}

export function readFlag(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new Refused(`${what} is neither true nor false`);
  return value;
}

/** A time or another number that is finite and not negative. */
export function readMeasure(value: unknown, what: string): number {
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) {
    throw new Refused(`${what} is no measure`);
  }
  return value;
}

export function readList<T>(
  value: unknown,
  what: string,
  longest: number,
  read: (item: unknown) => T,
): T[] {
  if (!Array.isArray(value) || value.length > longest) {
    throw new Refused(`${what} is no list of ${longest} at most`);
  }
  return Array.from(value, (item) => read(item));
}

export function readBytes(value: unknown, what: string, most: number): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length > most) {
    throw new Refused(`${what} are no bytes, or more than ${most}`);
  }
  return value;
}

/** Arrays of floats that hold `most` values together. */
export function readFloats(
  value: unknown,
  what: string,
  longest: number,
  most: number,
): Float32Array[] {
  let count = 0;
  return readList(value, what, longest, (item) => {
    if (!(item instanceof Float32Array)) throw new Refused(`${what} are no float32 values`);
    count += item.length;
    if (count > most) throw new Refused(`${what} hold more than ${most} values`);
    return item;
  });
}
