import { describe, expect, it } from 'vitest';
import { parseIdx, readMnist } from '../../../src/build/mnist.ts';

const header = (...bytes: number[]) => Uint8Array.from(bytes);

describe('parseIdx', () => {
  it('reads dimensions big-endian and keeps the values', () => {
    const { dims, data } = parseIdx(header(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    expect(dims).toEqual([2, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads a view that does not begin at the start of its buffer', () => {
    const whole = header(9, 9, 9, 0, 0, 8, 1, 0, 0, 0, 2, 7, 8);
    expect([...parseIdx(whole.subarray(3)).data]).toEqual([7, 8]);
  });

  it.each([
    ['another type', header(0, 0, 0x0d, 1, 0, 0, 0, 0), /begin with 00 00 08/],
    ['gzip', header(0x1f, 0x8b, 8, 0), /begin with 00 00 08/],
    ['nothing', header(), /begin with 00 00 08/],
    ['a cut header', header(0, 0, 8, 3, 0, 0, 0, 1), /3 dimensions need 16 bytes, there are 8/],
    ['no dimensions', header(0, 0, 8, 0), /cut short/],
    ['too few values', header(0, 0, 8, 1, 0, 0, 0, 3, 1, 2), /has 2 bytes where \[3\] needs 3/],
    ['too many values', header(0, 0, 8, 1, 0, 0, 0, 1, 1, 2), /has 2 bytes where \[1\] needs 1/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdx(bytes)).toThrow(message);
  });
});

describe('readMnist', () => {
  it.each([
    // The counts of each digit are those of the published data set.
    ['train', 60_000, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]],
    ['test', 10_000, [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]],
  ] as const)('reads the whole %s split', (split, count, digits) => {
    const set = readMnist(split);
    expect(set).toMatchObject({ count, rows: 28, cols: 28 });
    expect(set.pixels.length).toBe(count * 784);
    const seen = Array.from({ length: 10 }, () => 0);
    for (const label of set.labels) seen[label]!++;
    expect(seen).toEqual(digits);
  });
});
