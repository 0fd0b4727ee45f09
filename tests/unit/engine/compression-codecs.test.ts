import { compression, createRng } from 'heavy-weights';
import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codebookOf } from '../../../src/engine/compression/codebook.ts';
import { crc32 } from '../../../src/engine/compression/crc32.ts';
import { errorOf } from './compression-errors.ts';

const { encodeHuffman, decodeHuffman, encodeSparse, decodeSparse } = compression;

/** Counts of Fibonacci: the tree is as deep as can be. */
const fibonacci = (n: number): number[] => {
  const counts = [1, 1];
  while (counts.length < n) counts.push(counts.at(-1)! + counts.at(-2)!);
  return counts;
};

describe('huffmanCodeLengths', () => {
  it('gives the code of the textbook', () => {
    // Cormen, Leiserson, Rivest, Stein: a 45, b 13, c 12, d 16, e 9, f 5.
    expect(Array.from(compression.huffmanCodeLengths([45, 13, 12, 16, 9, 5]))).toEqual([
      1, 3, 3, 3, 4, 4,
    ]);
  });

  it('knows alphabets of nothing and of one', () => {
    expect(Array.from(compression.huffmanCodeLengths([0, 0]))).toEqual([0, 0]);
    expect(Array.from(compression.huffmanCodeLengths([0, 9, 0]))).toEqual([0, 1, 0]);
    expect(Array.from(compression.huffmanCodeLengths([1, 1]))).toEqual([1, 1]);
  });

  it('makes no word longer than 24 bits, or than asked', () => {
    const counts = fibonacci(40);
    const lengths = compression.huffmanCodeLengths(counts);
    expect(Math.max(...lengths)).toBe(24);
    expect(lengths.reduce((sum, l) => sum + 2 ** -l, 0)).toBe(1);
    expect(Math.max(...compression.huffmanCodeLengths(counts, { maxLength: 6 }))).toBe(6);
    // Up to 25 symbols nothing is limited: the deepest lie at 24.
    expect(Math.max(...compression.huffmanCodeLengths(fibonacci(25)))).toBe(24);
    expect(errorOf(() => compression.huffmanCodeLengths(counts, { maxLength: 5 })).code).toBe(
      'max-length-too-short',
    );
    expect(compression.huffmanCodeLengths(fibonacci(32), { maxLength: 5 })).toEqual(
      new Uint8Array(32).fill(5),
    );
  });

  it('treats equal counts alike, however many', () => {
    const lengths = compression.huffmanCodeLengths(new Uint32Array(65536).fill(7));
    expect(new Set(lengths)).toEqual(new Set([16]));
  });
});

describe('encodeHuffman', () => {
  it('writes what the format says', () => {
    // Five symbols, two of them distinct; symbol 0 is 1 from before the first and of 1 bit (as expected): gammas 1, 1;
    // symbol 1 likewise. Words: 0 0 1 0 1.
    expect(Array.from(encodeHuffman([0, 0, 1, 0, 1]).bytes)).toEqual([
      5, 2, 0b11110000, 0b00101000,
    ]);
    expect(Array.from(encodeHuffman([]).bytes)).toEqual([0, 0]);
    // A symbol that is alone has the word 0: gammas of 4 (00100) and of 1.
    expect(Array.from(encodeHuffman([3, 3]).bytes)).toEqual([2, 1, 0b00100100, 0]);
  });

  it('reads words of more than eleven bits, up to 24', () => {
    const counts = fibonacci(26).reverse();
    const symbols = Uint16Array.from(counts.flatMap((n, symbol) => Array<number>(n).fill(symbol)));
    const { bytes, table } = encodeHuffman(symbols);
    expect(Math.max(...table.map(({ code }) => code.length))).toBe(24);
    expect(decodeHuffman(bytes)).toEqual(symbols);
    const mixed = Uint16Array.from(createRng(2).shuffle(Array.from(symbols.subarray(-3000))));
    expect(decodeHuffman(encodeHuffman(mixed).bytes)).toEqual(mixed);
  });

  it('has a table of a few bits a symbol', () => {
    const rng = createRng(8);
    const symbols = Array.from({ length: 50_000 }, () =>
      Math.min(31, Math.max(0, Math.round(rng.normal(16, 5)))),
    );
    expect(encodeHuffman(symbols).tableBytes).toBeLessThanOrEqual(16);
  });

  it('is shorter than deflate for symbols that do not depend on those before them', () => {
    const rng = createRng(4);
    const symbols = Uint8Array.from({ length: 400_000 }, () =>
      Math.min(31, Math.max(0, Math.round(rng.normal(16, 5)))),
    );
    const { bytes } = encodeHuffman(symbols);
    expect(bytes.length).toBeLessThan(deflateRawSync(symbols).length);
    expect(decodeHuffman(bytes)).toEqual(Uint16Array.from(symbols));
  });
});

describe('decodeHuffman', () => {
  const symbols = [4, 4, 4, 0, 2, 2, 9, 4];
  const { bytes } = encodeHuffman(symbols);

  it('refuses every beginning, and every addition', () => {
    for (let length = 0; length < bytes.length; length++) {
      const { code } = errorOf(() => decodeHuffman(bytes.subarray(0, length)));
      expect(code).toMatch(/^huffman-(truncated|invalid)$/);
    }
    expect(errorOf(() => decodeHuffman(Uint8Array.of(...bytes, 0))).code).toBe(
      'huffman-trailing-bytes',
    );
  });

  it.each([
    [
      '4,000,000,000 symbols in a few bytes',
      [0x80, 0xd0, 0xac, 0xf3, 0x0e, 2, 0xf0, 0],
      /4000000000/,
    ],
    ['one symbol more than there are bits', [9, 2, 0xf0, 0], /9 symbols/],
    ['symbols of which none is distinct', [3, 0, 0], /distinct/],
    ['distinct symbols of which there are none', [0, 2, 0xf0], /distinct/],
    ['more distinct symbols than fit the table', [9, 40, 0xf0, 0], /40 symbols/],
    // Gammas 1 1 (one bit), 1 011 (two bits): ½ + ¼.
    ['a code that is not complete', [2, 2, 0b11101100, 0], /complete/],
    // Three words of one bit: gammas 1 010 (2 − 1), 1 1, 1 1.
    ['a code of too many short words', [3, 3, 0b10101111, 0], /complete/],
    ['a word of no bits', [2, 2, 0b10101010, 0], /0 bits/],
    ['a number of more than 32 bits', [0xff, 0xff, 0xff, 0xff, 0x7f, 1, 0, 0], /32 bits/],
    ['a number longer than it need be', [0x82, 0x00, 2, 0xf0, 0], /longer/],
    ['bits set after the table', [2, 2, 0b11110001, 0], /after the Huffman table/],
    ['bits set after the words', [2, 2, 0b11110000, 0b01000001], /after the last/],
    ['a pattern that is no word of a single symbol', [2, 1, 0b11000000, 0b10000000], /no word/],
    ['a table of zeros', [2, 2, 0, 0, 0, 0, 0, 0], /none/],
  ])('refuses %s', (_, wrong, explain) => {
    const error = errorOf(() => decodeHuffman(Uint8Array.from(wrong)));
    expect(error.code).toBe('huffman-invalid');
    expect(error.explain).toMatch(explain);
  });

  it('reads from a part of a larger buffer', () => {
    const larger = Uint8Array.of(1, 2, 3, ...bytes, 4, 5);
    expect(Array.from(decodeHuffman(larger.subarray(3, 3 + bytes.length)))).toEqual(symbols);
  });
});

describe('packBits', () => {
  it('puts the first value into the lowest bits', () => {
    expect(Array.from(compression.packBits([1, 0, 1, 1, 0, 0, 0, 1, 1], 1))).toEqual([
      0b10001101, 1,
    ]);
    expect(Array.from(compression.packBits([0xabc, 0x123], 12))).toEqual([0xbc, 0x3a, 0x12]);
    expect(compression.unpackBits(Uint8Array.of(0xbc, 0x3a, 0x12), 12, 2)).toEqual(
      Uint16Array.of(0xabc, 0x123),
    );
    expect(compression.unpackBits(new Uint8Array(0), 3, 0)).toEqual(new Uint8Array(0));
  });
});

describe('encodeSparse', () => {
  it('bridges a gap as figure 2 of Deep Compression does', () => {
    // Values at 1, 4 and 15; 3 bits reach 8 places, so that a filler lies at 12.
    const values = new Float32Array(16);
    values.set([3.4], 1);
    values.set([0.9], 4);
    values.set([1.7], 15);
    const { bytes, fillers, kept, indexBytes, valueBytes } = encodeSparse(values, [16], {
      indexBits: 3,
    });
    expect({ fillers, kept, indexBytes, valueBytes }).toEqual({
      fillers: 1,
      kept: 3,
      indexBytes: 2,
      valueBytes: 16,
    });
    // Format, type, rank, size, bits, entries; gaps 1, 2, 7 (the filler), 2, the first in the lowest bits.
    const packed = 1 | (2 << 3) | (7 << 6) | (2 << 9);
    expect(Array.from(bytes.subarray(0, 8))).toEqual([
      2,
      0,
      1,
      16,
      3,
      4,
      packed & 255,
      packed >> 8,
    ]);
    expect(new Float32Array(bytes.slice(8).buffer)).toEqual(Float32Array.of(3.4, 0.9, 0, 1.7));
  });

  it('writes rows and columns in as few bits as hold them', () => {
    const matrix = Int8Array.of(0, 7, 0, 0, 0, 0, 0, 0, 5, 0, 6, 0);
    const { bytes, indexBytes } = encodeSparse(matrix, [3, 4], { format: 'csr' });
    // Ends 1, 1, 3 in two bits each; columns 1, 0, 2 in two bits each.
    expect(indexBytes).toBe(2);
    const ends = 1 | (1 << 2) | (3 << 4);
    const columns = 1 | (0 << 2) | (2 << 4);
    expect(Array.from(bytes)).toEqual([1, 1, 2, 3, 4, 3, ends, columns, 7, 5, 6]);
  });

  it('masks with a bit a value', () => {
    const { bytes, indexBytes } = encodeSparse(Uint8Array.of(0, 3, 0, 0, 4, 0, 0, 0, 0, 5), [10], {
      format: 'bitmask',
    });
    expect(indexBytes).toBe(2);
    expect(Array.from(bytes)).toEqual([0, 2, 1, 10, 0b00010010, 0b10, 3, 4, 5]);
  });

  it('holds nothing but zeros in next to nothing, and −0 as a value', () => {
    expect(encodeSparse(new Float32Array(1000), undefined, { indexBits: 8 }).bytes.length).toBe(
      3 + 2 + 2 + 3 + 4 * 3,
    );
    const { kept, bytes } = encodeSparse(Float32Array.of(0, -0, 0));
    expect(kept).toBe(1);
    expect(Object.is(decodeSparse(bytes)[1], -0)).toBe(true);
  });

  it('holds a matrix of more than 65,536 values', () => {
    const values = Int8Array.from({ length: 300 * 500 }, (_, i) => (i % 2 === 0 ? 1 : 0));
    const encoding = encodeSparse(values, [300, 500], { format: 'csr' });
    expect(decodeSparse(encoding)).toEqual(values);
  });
});

describe('decodeSparse', () => {
  const values = Float32Array.of(0, 1.5, 0, 0, -2, 0, 0, 0, 0, 0, 0, 3);
  const encodings = (['bitmask', 'csr', 'relative'] as const).map(
    (format) => encodeSparse(values, [3, 4], { format, indexBits: 2 }).bytes,
  );

  it.each([0, 1, 2])('refuses every beginning and every addition, format %s', (format) => {
    const bytes = encodings[format]!;
    for (let length = 0; length < bytes.length; length++) {
      const { code } = errorOf(() => decodeSparse(bytes.subarray(0, length)));
      expect(code).toBe('sparse-truncated');
    }
    expect(errorOf(() => decodeSparse(Uint8Array.of(...bytes, 0))).code).toBe(
      'sparse-trailing-bytes',
    );
  });

  it.each([
    ['an unknown format', [3, 1, 1, 1, 0], 'sparse-invalid'],
    ['an unknown type', [0, 5, 1, 1, 0], 'sparse-invalid'],
    ['no shape', [0, 1, 0, 0], 'sparse-invalid'],
    ['a size of 0', [0, 1, 2, 0, 4, 0], 'sparse-invalid'],
    ['a bit after the mask', [0, 1, 1, 3, 0b1001, 5], 'sparse-invalid'],
    ['a stored 0', [0, 1, 1, 3, 0b10, 0], 'sparse-invalid'],
    ['a stored NaN', [0, 0, 1, 1, 1, 0, 0, 0xc0, 0x7f], 'sparse-invalid'],
    ['rows of a list', [1, 1, 1, 3, 1, 1, 0, 5], 'sparse-invalid'],
    ['too many columns', [1, 1, 2, 1, 0x81, 0x80, 4, 0, 0], 'sparse-invalid'],
    ['rows that shrink', [1, 1, 2, 2, 2, 1, 0b01, 0, 5], 'sparse-invalid'],
    ['rows that shrink and grow again', [1, 1, 2, 3, 2, 1, 0b101, 0, 5], 'sparse-invalid'],
    ['a row that ends past the values', [1, 1, 2, 2, 4, 2, 0b1011, 4, 5, 6], 'sparse-invalid'],
    ['rows that hold too few', [1, 1, 2, 2, 2, 1, 0b00, 0, 5], 'sparse-invalid'],
    ['columns out of order', [1, 1, 2, 1, 2, 2, 2, 0b01, 5, 6], 'sparse-invalid'],
    ['a column past the last', [1, 1, 2, 1, 3, 1, 1, 0b11, 5], 'sparse-invalid'],
    ['gaps of no bits', [2, 1, 1, 3, 0, 1, 0, 5], 'sparse-invalid'],
    ['a gap past the end', [2, 1, 1, 3, 2, 1, 3, 5], 'sparse-invalid'],
    ['gaps that end too early', [2, 1, 1, 9, 2, 1, 3, 5], 'sparse-invalid'],
    ['a filler that leads less far than it could', [2, 1, 1, 3, 2, 1, 1, 0], 'sparse-invalid'],
    [
      '4,000,000,000 values',
      [2, 1, 1, 0x80, 0xd0, 0xac, 0xf3, 0x0e, 8, 1, 0, 5],
      'sparse-too-large',
    ],
    [
      'more than can be counted',
      [0, 1, 8, ...Array(8).fill([255, 255, 255, 255, 15]).flat()],
      'sparse-too-large',
    ],
  ])('refuses %s', (_, wrong, code) => {
    expect(errorOf(() => decodeSparse(Uint8Array.from(wrong as number[]))).code).toBe(code);
  });

  it('makes room for as many values as it is told', () => {
    expect(errorOf(() => decodeSparse(encodings[0]!, { maxValues: 11 })).code).toBe(
      'sparse-too-large',
    );
    expect(decodeSparse(encodings[0]!, { maxValues: 12 })).toEqual(values);
  });

  it('survives ten thousand altered encodings: an error for readers, or values', () => {
    const rng = createRng(77);
    let decoded = 0;
    for (let run = 0; run < 10_000; run++) {
      const bytes = encodings[run % 3]!.slice();
      for (let edits = rng.integer(1, 3); edits > 0; edits--) {
        bytes[rng.integer(0, bytes.length - 1)] = rng.integer(0, 255);
      }
      try {
        decodeSparse(bytes, { maxValues: 1000 });
        decoded++;
      } catch (error) {
        expect((error as Error).name).toBe('ReaderError');
      }
    }
    expect(decoded).toBeGreaterThan(100);
    expect(decoded).toBeLessThan(9000);
  });
});

it('codebookOf lists what occurs in ascending order, −0 before 0, and gives up at the limit', () => {
  const values = Float32Array.of(3, -2, 0, 3, -0, 0.5, -2, 0);
  const { values: codebook, indices } = codebookOf(values)!;
  expect(Array.from(codebook)).toEqual([-2, -0, 0, 0.5, 3]);
  expect(Array.from(indices)).toEqual([4, 0, 2, 4, 1, 3, 0, 2]);
  expect(codebookOf(values, 5)).toBeDefined();
  expect(codebookOf(values, 4)).toBeUndefined();
  const many = Float32Array.from({ length: 70_000 }, (_, i) => i % 65_536);
  expect(codebookOf(many)!.values).toEqual(many.subarray(0, 65_536));
  expect(codebookOf(many.map((_, i) => i))).toBeUndefined();
});

it('decodeHuffman survives ten thousand altered encodings', () => {
  const rng = createRng(78);
  const sources = [
    Array.from({ length: 60 }, () => rng.integer(0, 9)),
    Array.from({ length: 60 }, () => rng.integer(0, 65535)),
    [5, 5, 5],
    Array.from({ length: 200 }, () => Math.round(Math.abs(rng.normal(0, 3)))),
  ].map((symbols) => encodeHuffman(symbols).bytes);
  let decoded = 0;
  for (let run = 0; run < 10_000; run++) {
    const bytes = sources[run % 4]!.slice();
    for (let edits = rng.integer(1, 3); edits > 0; edits--) {
      bytes[rng.integer(0, bytes.length - 1)] = rng.integer(0, 255);
    }
    try {
      expect(decodeHuffman(bytes).length).toBeLessThanOrEqual(8 * bytes.length);
      decoded++;
    } catch (error) {
      expect((error as Error).name).toBe('ReaderError');
    }
  }
  expect(decoded).toBeGreaterThan(100);
  expect(decoded).toBeLessThan(9000);
});

it('crc32 is that of zlib, in pieces too', () => {
  const rng = createRng(9);
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  for (let run = 0; run < 100; run++) {
    const bytes = Uint8Array.from({ length: rng.integer(0, 300) }, () => rng.integer(0, 255));
    const cut = rng.integer(0, bytes.length);
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    expect(crc32(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(zlibCrc32(bytes));
  }
});
