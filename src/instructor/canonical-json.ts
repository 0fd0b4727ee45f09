/**
 * One text for one value, whatever the order in which its keys were set: keys sorted by code units, no spaces, as RFC 8785
 * has it. Hashes are made of it.
 *
 * @param value - plain data, such as JSON gives; keys that are `undefined` are left out
 * @throws TypeError if it holds what JSON cannot say: a function, a bigint, NaN, an infinite number
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) {
    return `[${value.map((entry) => canonicalJson(entry ?? null)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    const pairs = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
    return `{${pairs.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`JSON has no ${value}.`);
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return JSON.stringify(value);
  }
  throw new TypeError(`JSON has no ${typeof value}.`);
};
