/**
 * Takes the smallest way of all, whoever can read it.
 *
 * @fails flash
 * @advice You took the smallest figure of the ledger. But the device reads raw codes and what it has a program for; a
 *   layer that is shortest with a mask still lies there raw if nothing can follow the mask.
 */
/** What a layer takes, one way of writing it after another, in bytes. */
export interface Ledger {
  raw: number;
  packed: number;
  masked: number;
  listed: number;
  /** A bound, and no way of writing. */
  entropy: number;
}

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

export function bytesInFlash(ledger: Ledger, reads: string[]): number {
  let fewest = Math.min(ledger.raw, ledger.packed, ledger.masked, ledger.listed);
  for (const way of reads) {
    if (way !== 'packed' && way !== 'masked' && way !== 'listed') {
      throw new RangeError(`reads names packed, masked and listed; ${way} came.`);
    }
    fewest = Math.min(fewest, ledger[way]);
  }
  return fewest;
}
