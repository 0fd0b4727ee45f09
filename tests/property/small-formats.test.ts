import fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

const FORMATS = ['e4m3', 'e5m2'] as const;
const allCodes = Array.from({ length: 256 }, (_, code) => code);

describe.each(FORMATS)('float8 %s', (format) => {
  const finite = allCodes
    .map((code) => ({ code, value: numerics.decodeFloat8([code], format)[0]! }))
    .filter(({ value }) => Number.isFinite(value));

  it('has the codes of the specification', () => {
    const values = finite.map(({ value }) => value);
    const positive = values.filter((value) => value > 0);
    expect(Math.max(...values)).toBe(format === 'e4m3' ? 448 : 57344);
    expect(Math.min(...positive)).toBe(format === 'e4m3' ? 2 ** -9 : 2 ** -16);
    expect(finite.length).toBe(format === 'e4m3' ? 254 : 248);
  });

  it('codes each of its numbers as itself', () => {
    for (const { code, value } of finite) {
      expect(numerics.encodeFloat8([value], format)[0]).toBe(code);
    }
  });

  it('gives the nearest there is, ties to the even code', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (x) => {
        const found = numerics.toFloat8([x], format)[0]!;
        const distances = finite.map(({ value }) => Math.abs(value - x));
        expect(Math.abs(found - x)).toBe(Math.min(...distances));
      }),
      { numRuns: 2000 },
    );
    for (let i = 0; i < finite.length - 1; i++) {
      const [a, b] = [finite[i]!, finite[i + 1]!];
      if (a.value < 0 || b.value < a.value) continue;
      const tie = (a.value + b.value) / 2;
      expect(numerics.encodeFloat8([tie], format)[0]! % 2).toBe(0);
    }
  });
});

/** Between the smallest float32 numbers there is nothing to choose. */
const SMALLEST = 2 ** -149;

describe('nf4', () => {
  const levels = Array.from(
    { length: 16 },
    (_, i) =>
      numerics.decodeNf4({
        packed: Uint8Array.of(i << 4),
        scales: Float32Array.of(1),
        blockSize: 64,
        length: 1,
      })[0]!,
  );

  it('has sixteen levels, closer together near 0, and 0 itself', () => {
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect([levels[0], levels[7], levels[15]]).toEqual([-1, 0, 1]);
    const gaps = levels.slice(1).map((level, i) => level - levels[i]!);
    expect(Math.min(...gaps)).toBeLessThan(0.09);
    expect(Math.max(...gaps)).toBeGreaterThan(0.27);
  });

  it('gives the nearest level of each block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (values, blockSize) => {
          const found = numerics.nf4(values, { blockSize });
          values.forEach((value, i) => {
            const start = Math.floor(i / blockSize) * blockSize;
            const scale = Math.max(...values.slice(start, start + blockSize).map(Math.abs));
            const least = Math.min(...levels.map((level) => Math.abs(level * scale - value)));
            expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(
              least + scale * 1e-6 + SMALLEST,
            );
          });
        },
      ),
    );
  });

  it('refuses codes that do not fit', () => {
    const weights = numerics.encodeNf4([1, 2, 3]);
    expect(() => numerics.decodeNf4({ ...weights, length: 9 })).toThrow(/what encodeNf4 gave/);
    expect(() => numerics.encodeNf4([1], { blockSize: 0 })).toThrow(/blockSize/);
  });
});
