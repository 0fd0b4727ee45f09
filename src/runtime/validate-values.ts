/** The smallest pieces of validation: one value of one type, or a refusal. */

/** Thrown for data that no realm of ours would have sent. */
export class Refused extends Error {}

export function readRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(`${what} is no object`);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new Refused(`${what} is no plain object`);
  // Own data properties only: a field named `__proto__` or an inherited one is never read.
  const record = Object.create(null) as Record<string, unknown>;
  for (const [name, { value: own }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
    record[name] = own;
  return record;
}

export function readString(value: unknown, what: string, longest: number): string {
  if (typeof value !== 'string' || value.length > longest)
    throw new Refused(`${what} is no text of ${longest} characters`);
  return value;
}

/** Text that may be cut: long, it is still shown. */
export function bounded(value: unknown, what: string, longest: number): string {
  if (typeof value !== 'string') throw new Refused(`${what} is no text`);
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

export function readNumber(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new Refused(`${what} is no number`);
  return value;
}

/** A whole number from 0. */
export function readInteger(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new Refused(`${what} is no whole number`);
  return value as number;
}

export function readOneOf<const Choice extends string>(
  value: unknown,
  what: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Refused(`${what} is none of ${choices.join(', ')}`);
  return found;
}

export function readArray<T>(
  value: unknown,
  what: string,
  longest: number,
  read: (item: unknown) => T,
): T[] {
  if (!Array.isArray(value) || value.length > longest)
    throw new Refused(`${what} is no list of ${longest}`);
  // A hole reads as undefined, which no reader of items takes.
  return Array.from(value, (item) => read(item));
}

export function optional<Name extends string, T>(
  name: Name,
  value: unknown,
  read: (value: unknown) => T,
): { [Key in Name]?: T } {
  return (value === undefined ? {} : { [name]: read(value) }) as { [Key in Name]?: T };
}
