import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../src/engine/compression/byte-stream.ts';
import { codeTensor, readTensor } from '../../src/engine/compression/coded-tensor.ts';
import { finiteFloat32 } from './arbitraries.ts';

/** Values that repeat, zeros in long runs, and anything else between them. */
const tensors = fc
  .record({
    palette: fc.array(fc.oneof(finiteFloat32, fc.constantFrom(0, -0)), {
      minLength: 1,
      maxLength: 40,
    }),
    runs: fc.array(fc.tuple(fc.nat(600), fc.nat(12)), { maxLength: 12 }),
    seed: fc.nat(1e6),
  })
  .map(({ palette, runs, seed }) => {
    let state = seed;
    const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 8);
    return Float32Array.from(
      runs.flatMap(([zeros, values]) => [
        ...Array<number>(zeros).fill(0),
        ...Array.from({ length: values }, () => palette[next() % palette.length]!),
      ]),
    );
  });

const bitsOf = (values: Float32Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length);

describe('codeTensor', () => {
  it('comes back bit for bit, by the way that is shortest', () => {
    fc.assert(
      fc.property(tensors, (values) => {
        const { bytes, method, indexBits } = codeTensor(values);
        const reader = new ByteReader(bytes, 'compressed');
        const read = readTensor(reader, values.length);
        expect(reader.remaining).toBe(0);
        expect(bitsOf(read.values)).toEqual(bitsOf(values));
        expect(read.method).toBe(method);
        expect(read.indexBits).toBe(indexBits);
        for (const other of ['float32', 'clustered', 'sparse', 'sparse-clustered'] as const) {
          expect(codeTensor(values, { method: other }).bytes.length).toBeGreaterThanOrEqual(
            bytes.length,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes back bit for bit by every other way too', () => {
    const coding = fc.record({
      method: fc.constantFrom('float32', 'clustered', 'sparse', 'sparse-clustered' as const),
      stream: fc.constantFrom('fixed', 'huffman', 'shortest' as const),
      indexBits: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(tensors, coding, (values, how) => {
        const { bytes, entries, fillers, codebookEntries, gaps, indices } = codeTensor(values, how);
        const reader = new ByteReader(bytes, 'compressed');
        expect(bitsOf(readTensor(reader, values.length).values)).toEqual(bitsOf(values));
        expect(reader.remaining).toBe(0);
        const stored = bitsOf(values).filter((bits) => bits !== 0).length;
        const isSparse = how.method.startsWith('sparse');
        expect(entries).toBe(isSparse ? stored + fillers : values.length);
        const distinct = new Set(isSparse ? bitsOf(values).filter(Boolean) : bitsOf(values)).size;
        // A filler needs an entry of its own.
        const expected = distinct + (isSparse && fillers > 0 ? 1 : 0);
        if (how.method.endsWith('clustered')) expect(codebookEntries).toBe(expected);
        for (const stream of [gaps, indices]) {
          if (stream && how.stream !== 'shortest') expect(stream.coding).toBe(how.stream);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused wherever it is cut off', () => {
    fc.assert(
      fc.property(tensors, fc.double({ min: 0, max: 1, maxExcluded: true }), (values, part) => {
        const { bytes } = codeTensor(values);
        const reader = new ByteReader(
          bytes.subarray(0, Math.floor(part * bytes.length)),
          'compressed',
        );
        expect(() => readTensor(reader, values.length)).toThrow(
          expect.objectContaining({ name: 'ReaderError' }),
        );
      }),
    );
  });
});
