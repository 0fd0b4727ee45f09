/** What a layer takes, one way of writing it after another, in bytes. */
export interface Ledger {
  raw: number;
  packed: number;
  masked: number;
  listed: number;
  /** A bound, and no way of writing. */
  entropy: number;
}

/**
 * What the codes of a layer take, written in several ways.
 *
 * @param codes int8 codes, at least one
 * @returns bytes; whole numbers, but for `entropy`
 * @throws RangeError for an empty layer
 */
export function sizeLedger(codes: Int8Array): Ledger {
  const n = codes.length;
  if (n === 0) throw new RangeError('codes must hold at least one code; it is empty.');
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const indexBits = Math.ceil(Math.log2(counts.size));
  let bits = 0; // of all codes together, by the entropy
  for (const count of counts.values()) bits += count * Math.log2(n / count);
  return {
    raw: n,
    packed: Math.ceil((n * fewestBits(codes)) / 8),
    masked: Math.ceil(n / 8) + n - (counts.get(0) ?? 0),
    listed: counts.size + Math.ceil((n * indexBits) / 8),
    entropy: bits / 8,
  };
}

/** The fewest bits whose two's complement holds every code. */
function fewestBits(codes: Int8Array): number {
  let bits = 1;
  for (const code of codes) {
    while (code < -(2 ** (bits - 1)) || code > 2 ** (bits - 1) - 1) bits += 1;
  }
  return bits;
}

/**
 * The fewest bytes in which the layer can lie in the flash.
 *
 * @param ledger what {@link sizeLedger} gave
 * @param reads ways that the device reads where they lie, besides `'raw'`
 * @returns bytes
 * @throws RangeError for a name that is none of `'packed'`, `'masked'` and `'listed'`
 */
export function bytesInFlash(ledger: Ledger, reads: string[]): number {
  let fewest = ledger.raw;
  for (const way of reads) {
    if (way !== 'packed' && way !== 'masked' && way !== 'listed') {
      throw new RangeError(`reads names packed, masked and listed; ${way} came.`);
    }
    fewest = Math.min(fewest, ledger[way]);
  }
  return fewest;
}
