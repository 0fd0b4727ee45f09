import type { NumberFormat } from '../format-number.ts';

/** One number that the prose may call by name. */
export interface ComputedEntry {
  /** How it is written unless the sentence asks for another way. */
  as: NumberFormat;
  value: () => number | string;
}

/** Entries under a common way of writing. */
export function entries(
  as: NumberFormat,
  values: Record<string, () => number | string>,
): Record<string, ComputedEntry> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { as, value }]));
}
