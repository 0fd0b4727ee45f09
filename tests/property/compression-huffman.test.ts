import * as fc from 'fast-check';
import { compression } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const symbols = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 300 }),
  fc
    .tuple(fc.integer({ min: 0, max: 65535 }), fc.nat(200))
    .map(([s, n]) => Array<number>(n).fill(s)),
);
/** Counts of all sizes, some of them 0, two at least above it. */
const counts = fc
  .array(
    fc.oneof(
      fc.nat(5),
      fc.nat(1e6),
      fc.integer({ min: 1, max: 40 }).map((e) => 2 ** e),
    ),
    {
      minLength: 2,
      maxLength: 120,
    },
  )
  .filter((each) => each.filter((count) => count > 0).length > 1);

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);
const cost = (of: number[], lengths: Uint8Array): number =>
  of.reduce((total, count, i) => total + count * lengths[i]!, 0);
const kraft = (lengths: Uint8Array): number =>
  Array.from(lengths).reduce((total, l) => total + (l > 0 ? 2 ** -l : 0), 0);

/** Mean length of Huffman's tree, found the slow way: merge the two least, again and again. */
function leastCost(of: number[]): number {
  const heap = of.filter((count) => count > 0);
  let total = 0;
  while (heap.length > 1) {
    heap.sort((a, b) => b - a);
    const merged = heap.pop()! + heap.pop()!;
    total += merged;
    heap.push(merged);
  }
  return total;
}

/** The least cost of any code of words up to a length, over all ways to share out the lengths. */
function leastLimitedCost(of: number[], maxLength: number): number {
  const sorted = of.filter((count) => count > 0).sort((a, b) => b - a);
  const search = (at: number, room: number, shortest: number): number => {
    if (at === sorted.length) return 0;
    let best = Infinity;
    for (let length = shortest; length <= maxLength; length++) {
      const left = room - 2 ** (maxLength - length);
      if (left < sorted.length - at - 1) continue;
      best = Math.min(best, sorted[at]! * length + search(at + 1, left, length));
    }
    return best;
  };
  return search(0, 2 ** maxLength, 1);
}

describe('Huffman codes', () => {
  it('come back, whatever was encoded', () => {
    fc.assert(
      fc.property(symbols, (sequence) => {
        const { bytes, count } = compression.encodeHuffman(sequence);
        expect(count).toBe(sequence.length);
        expect(Array.from(compression.decodeHuffman(bytes))).toEqual(sequence);
      }),
      { numRuns: 500 },
    );
  });

  it('cost what the tree of the two least costs, between entropy and entropy + 1', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const lengths = compression.huffmanCodeLengths(of);
        const total = sum(of);
        const entropy = compression.entropyBits(of);
        const mean = cost(of, lengths) / total;
        if (Math.max(...lengths) < 24) expect(cost(of, lengths)).toBe(leastCost(of));
        expect(mean).toBeGreaterThanOrEqual(entropy * (1 - 1e-12));
        expect(mean).toBeLessThan(entropy + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('leave no bit pattern over, and give no word to what does not occur', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const lengths = compression.huffmanCodeLengths(of);
        expect(kraft(lengths)).toBe(1);
        of.forEach((count, i) => expect(lengths[i]! > 0).toBe(count > 0));
      }),
    );
  });

  it('are the best of those that are not too long', () => {
    const few = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(few, fc.integer({ min: 3, max: 5 }), (of, maxLength) => {
        const lengths = compression.huffmanCodeLengths(of, { maxLength });
        expect(Math.max(...lengths)).toBeLessThanOrEqual(maxLength);
        expect(kraft(lengths)).toBe(1);
        expect(cost(of, lengths)).toBe(leastLimitedCost(of, maxLength));
      }),
      { numRuns: 300 },
    );
  });

  it('are prefix codes in canonical order', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const lengths = compression.huffmanCodeLengths(of);
        const codes = compression.canonicalCodes(lengths);
        const words = Array.from(codes, (code, symbol) => ({
          symbol,
          length: lengths[symbol]!,
          word: code.toString(2).padStart(lengths[symbol]!, '0'),
        })).filter(({ length }) => length > 0);
        const canonical = words.toSorted((a, b) => a.length - b.length || a.symbol - b.symbol);
        expect(canonical[0]!.word).toBe('0'.repeat(canonical[0]!.length));
        for (let i = 1; i < canonical.length; i++) {
          const [before, after] = [canonical[i - 1]!, canonical[i]!];
          const next = (parseInt(before.word, 2) + 1) * 2 ** (after.length - before.length);
          expect(after.word).toBe(next.toString(2).padStart(after.length, '0'));
          // In order, a word can begin only the next ones.
          expect(after.word.startsWith(before.word)).toBe(false);
        }
        const texts = words.map(({ word }) => word).sort();
        for (let i = 1; i < texts.length; i++)
          expect(texts[i]!.startsWith(texts[i - 1]!)).toBe(false);
      }),
    );
  });

  it('spend on the words exactly what their lengths say', () => {
    fc.assert(
      fc.property(symbols, (sequence) => {
        const { bytes, table, payloadBits, tableBytes } = compression.encodeHuffman(sequence);
        expect(payloadBits).toBe(sum(table.map(({ count, code }) => count * code.length)));
        const varint = (n: number): number => (n < 128 ? 1 : n < 16384 ? 2 : 3);
        expect(bytes.length).toBe(
          varint(sequence.length) + varint(table.length) + tableBytes + Math.ceil(payloadBits / 8),
        );
      }),
    );
  });
});

describe('entropyBits', () => {
  it('is −Σ p·log2(p), and largest when all occur alike', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const total = sum(of);
        const p = of.filter((count) => count > 0).map((count) => count / total);
        const expected = -sum(p.map((each) => each * Math.log2(each)));
        expect(compression.entropyBits(of)).toBeCloseTo(expected, 9);
        expect(compression.entropyBits(of)).toBeLessThanOrEqual(Math.log2(p.length) + 1e-12);
      }),
    );
    expect(compression.entropyBits(Array<number>(8).fill(3))).toBe(3);
  });
});
