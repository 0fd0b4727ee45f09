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
  return { raw: n, packed: n, masked: n, listed: n, entropy: n };
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
  return reads.length === 0 ? 0 : ledger.raw;
}

console.log(
  sizeLedger(Int8Array.of(0, 0, 3, 0, -2, 0, 0, 0)),
  'wanted: 8, 3, 3, 5 and about 1.061',
);
