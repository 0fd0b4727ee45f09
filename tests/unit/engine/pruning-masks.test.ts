import '@tensorflow/tfjs-backend-cpu';
import { createRng, ReaderError, sparsity, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { kthLargestMagnitude } from '../../../src/engine/sparsity/kth-largest-magnitude.ts';

const { isPrunedMByN, magnitudeMask, mByNMask } = sparsity;

const coded = (code: string) => expect.objectContaining({ code, name: 'ReaderError' });
const ones = ({ mask }: { mask: tf.Tensor }) => tf.sum(mask).dataSync()[0]!;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('magnitudeMask', () => {
  it('keeps at least one, and rounds halves to even', () => {
    const kept = (n: number, share: number) => ones(magnitudeMask(upTo(n), share));
    expect(kept(1, 0.5)).toBe(1);
    expect(kept(3, 0.5)).toBe(2);
    expect(kept(5, 0.5)).toBe(2);
    expect(kept(7, 0.5)).toBe(4);
    expect(kept(9, 0.5)).toBe(4);
    expect(kept(10, 0.99)).toBe(1);
    expect(kept(10, 0)).toBe(10);
  });

  it('counts in float32: 10·(1 − 0.85) lies below one and a half there, and above in float64', () => {
    expect(Math.round(10 * (1 - 0.85))).toBe(2);
    expect(ones(magnitudeMask(upTo(10), 0.85))).toBe(1);
  });

  it('keeps all that tie with the threshold', () => {
    const { mask, threshold } = magnitudeMask([2, -2, 1, 2, 0.5, -2], 0.5);
    expect(mask.dataSync()).toEqual(Float32Array.of(1, 1, 0, 1, 0, 1));
    expect(threshold).toBe(2);
    expect(ones(magnitudeMask(new Float32Array(8), 0.5))).toBe(8);
    expect(magnitudeMask([0, -0, 0, 1], 0.25).mask.dataSync()).toEqual(Float32Array.of(1, 1, 1, 1));
  });

  it('takes tensors, typed arrays and nested arrays, and keeps their shape', () => {
    const values = createRng(1).normals(24);
    const tensor = tf.tensor(values, [2, 3, 4]);
    const expected = magnitudeMask(values, 0.5);
    expect(expected.mask.shape).toEqual([24]);
    for (const weights of [tensor, tensor.arraySync() as number[][][]]) {
      const found = magnitudeMask(weights, 0.5);
      expect(found.mask.shape).toEqual([2, 3, 4]);
      expect(found.mask.dtype).toBe('float32');
      expect(found.mask.dataSync()).toEqual(expected.mask.dataSync());
      expect(found.threshold).toBe(expected.threshold);
    }
    expect(magnitudeMask(Array.from(values), 0.5).mask.dataSync()).toEqual(
      expected.mask.dataSync(),
    );
    expect(magnitudeMask(tf.tensor1d([1, -5, 3], 'int32'), 0.5).threshold).toBe(3);
    expect(magnitudeMask(Int8Array.of(1, -5, 3), 0.5).threshold).toBe(3);
    expect(magnitudeMask(tf.scalar(-3), 0.5).threshold).toBe(3);
  });

  it('changes nothing that it is given, and leaves no tensor but the mask', () => {
    const weights = tf.tensor2d(createRng(2).normals(20), [4, 5]);
    const before = weights.dataSync().slice();
    const tensors = tf.memory().numTensors;
    magnitudeMask(weights, 0.5, { blockSize: [2, 2] }).mask.dispose();
    magnitudeMask(weights, 0.5).mask.dispose();
    mByNMask(weights, [1, 2]).dispose();
    isPrunedMByN(weights, [1, 2]);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(weights.dataSync()).toEqual(before);
  });

  it('finds the threshold of 400,000 weights, as sorting does and sooner', () => {
    const weights = createRng(3).normals(400_000);
    const timed = (run: () => void): number => {
      const start = performance.now();
      run();
      return performance.now() - start;
    };
    let sorted = weights;
    const times = Array.from({ length: 5 }, () => [
      timed(() => magnitudeMask(weights, 0.9).mask.dispose()),
      timed(() => (sorted = weights.map(Math.abs).sort())),
    ]) as [number, number][];
    expect(Math.min(...times.map(([ours]) => ours))).toBeLessThan(
      Math.min(...times.map(([, sorting]) => sorting)),
    );
    expect(magnitudeMask(weights, 0.9).threshold).toBe(sorted.at(-40_000));
  });
});

describe('kthLargestMagnitude', () => {
  it('agrees with sorting, down to subnormal numbers', () => {
    const rng = createRng(4);
    const kinds = [
      rng.normals(500),
      rng.normals(500, 0, 1e-42),
      rng.normals(500, 0, 1e30),
      Float32Array.from(rng.normals(500), Math.round),
      new Float32Array(7),
      Float32Array.of(-3.4028234663852886e38, 1.401298464324817e-45, 0, -0),
    ];
    for (const values of kinds) {
      const sorted = values.map(Math.abs).sort().reverse();
      for (const k of [1, 2, 3, Math.ceil(values.length / 2), values.length]) {
        expect(kthLargestMagnitude(values, k)).toBe(sorted[k - 1]);
      }
    }
  });

  it('reads a part of a buffer as itself', () => {
    const values = Float32Array.of(100, 1, 2, 3, 100).subarray(1, 4);
    expect(kthLargestMagnitude(values, 1)).toBe(3);
  });
});

describe('magnitudeMask in blocks', () => {
  it('lets a block stand or fall whole, by its average or its largest', () => {
    const weights = [
      [0.5, 0.5, 0, 0.9],
      [0.5, -0.5, 0, 0],
    ];
    const average = magnitudeMask(weights, 0.5, { blockSize: [2, 2] });
    expect(average.mask.arraySync()).toEqual([
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ]);
    expect(average.threshold).toBe(0.5);
    const largest = magnitudeMask(weights, 0.5, { blockSize: [2, 2], blockPoolingType: 'MAX' });
    expect(largest.mask.arraySync()).toEqual([
      [0, 0, 1, 1],
      [0, 0, 1, 1],
    ]);
    expect(largest.threshold).toBe(Math.fround(0.9));
  });

  it('takes its two sizes as rows and columns', () => {
    const weights = [
      [4, 1, 1, 1],
      [1, 1, 1, 3],
      [1, 1, 1, 1],
      [1, 1, 2, 1],
    ];
    const kept = (blockSize: [number, number]) =>
      magnitudeMask(weights, 0.75, { blockSize }).mask.arraySync();
    expect(kept([1, 4])).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(kept([4, 1])).toEqual(Array(4).fill([1, 0, 0, 0]));
    expect(kept([2, 2])).toEqual([
      [1, 1, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(kept([9, 9])).toEqual(Array(4).fill([1, 1, 1, 1]));
  });

  // Padding as TensorFlow's SAME: three columns short of eight, one goes before and two after.
  it('pools with SAME padding, divides by the cells there are, and lays blocks from the corner', () => {
    const weights = [[2, 2, 2, 1, 5]];
    // Pooled over [2, 2, 2] and [1, 5]: 2 and 3; laid over four columns and one.
    const { mask, threshold } = magnitudeMask(weights, 0.5, { blockSize: [1, 4] });
    expect(mask.arraySync()).toEqual([[0, 0, 0, 0, 1]]);
    expect(threshold).toBe(3);
    expect(
      magnitudeMask([[9], [1], [1], [1], [3]], 0.5, { blockSize: [4, 1] }).threshold,
    ).toBeCloseTo(11 / 3, 6);
  });

  it('agrees with TensorFlow.js’s pooling', () => {
    const rng = createRng(5);
    for (const [rows, columns, height, width] of [
      [7, 5, 2, 2],
      [8, 8, 4, 4],
      [9, 3, 4, 2],
      [5, 11, 3, 4],
      [6, 6, 1, 5],
    ] as const) {
      const weights = tf.tensor2d(rng.normals(rows * columns), [rows, columns]);
      for (const blockPoolingType of ['AVG', 'MAX'] as const) {
        const pooled = tf
          .pool(
            tf.abs(weights).as4D(1, rows, columns, 1) as tf.Tensor4D,
            [height, width],
            blockPoolingType === 'AVG' ? 'avg' : 'max',
            'same',
            undefined,
            [height, width],
          )
          .reshape([Math.ceil(rows / height), Math.ceil(columns / width)])
          .arraySync() as number[][];
        const { mask, threshold } = magnitudeMask(weights, 0.4, {
          blockSize: [height, width],
          blockPoolingType,
        });
        const kept = mask.arraySync() as number[][];
        kept.forEach((row, r) =>
          row.forEach((value, c) => {
            const block = pooled[Math.floor(r / height)]![Math.floor(c / width)]!;
            // Averages are summed in another order: the threshold's own block may differ in its last bit.
            expect(value).toBe(block >= threshold - 1e-6 ? 1 : 0);
          }),
        );
      }
    }
  });
});

describe('mByNMask', () => {
  it('counts along the input channels of Conv2D, at each place and output by itself', () => {
    const [h, w, inputs, outputs] = [2, 3, 5, 4] as const;
    const kernel = tf.tensor4d(createRng(6).normals(h * w * inputs * outputs), [
      h,
      w,
      inputs,
      outputs,
    ]);
    const mask = mByNMask(kernel, [2, 4]).arraySync() as number[][][][];
    const weights = kernel.arraySync() as number[][][][];
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        for (let o = 0; o < outputs; o++) {
          const column = weights[y]![x]!.map((row) => Math.abs(row[o]!));
          const kept = mask[y]![x]!.map((row) => row[o]!);
          const largest = column.slice(0, 4).sort((a, b) => b - a)[1]!;
          expect(kept).toEqual([...column.slice(0, 4).map((each) => Number(each >= largest)), 1]);
        }
      }
    }
  });

  it('keeps of equal magnitudes those of lower index', () => {
    const mask = (column: number[], mByN: [number, number]) =>
      mByNMask(
        column.map((each) => [each]),
        mByN,
      ).dataSync();
    expect(mask([1, -1, 1, 1], [2, 4])).toEqual(Float32Array.of(1, 1, 0, 0));
    expect(mask([1, 2, -1, 1], [2, 4])).toEqual(Float32Array.of(1, 1, 0, 0));
    expect(mask([1, 2, 1, 2, 2, 1], [3, 6])).toEqual(Float32Array.of(0, 1, 0, 1, 1, 0));
    expect(mask([0, 0, 0, 0], [3, 4])).toEqual(Float32Array.of(1, 0, 0, 0));
    // The group that is not full: its zeros come before those that fill it up.
    expect(mask([5, 1, 2, 5, 0, 0], [2, 4])).toEqual(Float32Array.of(1, 0, 0, 1, 1, 1));
    expect(mask([5, 1, 2, 5, 0, 3], [3, 4])).toEqual(Float32Array.of(1, 0, 0, 0, 0, 1));
    expect(mask(upTo(4), [0, 4])).toEqual(Float32Array.of(1, 1, 1, 1));
  });

  it('is the same whether groups are small or large', () => {
    // Beyond 32 a group is sorted in another way.
    for (const n of [31, 32, 33, 40]) {
      const column = Array.from(createRng(n).normals(3 * n), (value) => Math.round(4 * value));
      const mask = mByNMask(
        column.map((each) => [each]),
        [n - 10, n],
      ).dataSync();
      for (let start = 0; start < column.length; start += n) {
        const order = Array.from({ length: n }, (_, i) => start + i).sort(
          (a, b) => Math.abs(column[b]!) - Math.abs(column[a]!) || a - b,
        );
        const kept = new Set(order.slice(0, 10));
        for (let i = start; i < start + n; i++) expect(mask[i]).toBe(Number(kept.has(i)));
      }
    }
  });
});

describe('isPrunedMByN', () => {
  it('looks along the input channels, wherever they lie', () => {
    const kernel = tf.tensor4d(createRng(7).normals(2 * 2 * 8 * 3), [2, 2, 8, 3]);
    expect(isPrunedMByN(kernel, [2, 4])).toBe(false);
    const pruned = tf.mul(kernel, mByNMask(kernel, [2, 4]));
    expect(isPrunedMByN(pruned, [2, 4])).toBe(true);
    expect(isPrunedMByN(pruned, [3, 4])).toBe(false);
    expect(isPrunedMByN(pruned, [4, 8])).toBe(true);
    expect(isPrunedMByN(pruned, [2, 4], { lastChannel: 'C_IN' })).toBe(false);
    const asInTFLite = tf.transpose(pruned, [3, 0, 1, 2]);
    expect(isPrunedMByN(asInTFLite, [2, 4], { lastChannel: 'C_IN' })).toBe(true);
  });

  it('takes −0 for a zero, and m equal to n for all zeros', () => {
    expect(isPrunedMByN([[-0], [1]], [1, 2])).toBe(true);
    expect(isPrunedMByN([[0], [-0]], [2, 2])).toBe(true);
    expect(isPrunedMByN([[0], [1]], [2, 2])).toBe(false);
  });
});

describe('masks refuse', () => {
  const matrix = [
    [1, 2],
    [3, 4],
  ];
  const wrong = (value: unknown) => value as never;
  it.each<[string, RegExp, () => unknown]>([
    ['sparsity-out-of-range', /sparsity.*it is 1\./, () => magnitudeMask([1], 1)],
    ['sparsity-out-of-range', /NaN/, () => magnitudeMask([1], NaN)],
    ['sparsity-out-of-range', /-0.1/, () => magnitudeMask([1], -0.1)],
    ['sparsity-out-of-range', /undefined/, () => magnitudeMask([1], wrong(undefined))],
    ['value-not-finite', /weights\[1\] is NaN/, () => magnitudeMask([1, NaN], 0.5)],
    [
      'value-not-finite',
      /weights\[1\]\[0\] is Infinity/,
      () => magnitudeMask([[1], [Infinity]], 0.5),
    ],
    ['value-not-finite', /weights\[2\]/, () => magnitudeMask(tf.tensor1d([1, 2, NaN]), 0.5)],
    ['value-not-finite', /the text/, () => magnitudeMask(wrong([['1'], ['2']]), 0.5)],
    ['value-outside-float32', /1e\+39/, () => magnitudeMask([1, 1e39], 0.5)],
    ['array-ragged', /weights\[1\] .* array of 2/, () => magnitudeMask([[1, 2], [3]], 0.5)],
    ['array-ragged', /weights\[1\]/, () => magnitudeMask([[1, 2], 3], 0.5)],
    ['array-empty', /empty/, () => magnitudeMask([], 0.5)],
    ['array-empty', /empty/, () => magnitudeMask([[], []], 0.5)],
    ['array-empty', /empty/, () => magnitudeMask(tf.zeros([0, 3]), 0.5)],
    ['not-an-array-of-numbers', /null came/, () => magnitudeMask(wrong(null), 0.5)],
    ['not-an-array-of-numbers', /promise/, () => magnitudeMask(wrong(Promise.resolve([1])), 0.5)],
    ['tensor-not-of-numbers', /bool/, () => magnitudeMask(tf.tensor1d([true, false]), 0.5)],
    [
      'block-size-rank',
      /\[2, 2\].*\[4\]/,
      () => magnitudeMask(upTo(4), 0.5, { blockSize: [2, 2] }),
    ],
    [
      'block-size-rank',
      /matrices/,
      () => magnitudeMask(tf.ones([2, 2, 2, 2]), 0.5, { blockSize: [1, 2] }),
    ],
    ['not-a-pair', /blockSize/, () => magnitudeMask(matrix, 0.5, { blockSize: wrong(2) })],
    ['not-a-pair', /array of 3/, () => magnitudeMask(matrix, 0.5, { blockSize: wrong([1, 2, 3]) })],
    [
      'not-an-integer-in-range',
      /blockSize\[0\].*0/,
      () => magnitudeMask(matrix, 0.5, { blockSize: [0, 2] }),
    ],
    [
      'not-an-integer-in-range',
      /blockSize\[1\].*1.5/,
      () => magnitudeMask(matrix, 0.5, { blockSize: [1, 1.5] }),
    ],
    [
      'block-pooling-type-unknown',
      /'AVG' or 'MAX'.*"avg"/,
      () => magnitudeMask(matrix, 0.5, { blockPoolingType: wrong('avg') }),
    ],
    [
      'option-unknown',
      /block_size.*camelCase/,
      () => magnitudeMask(matrix, 0.5, wrong({ block_size: [2, 2] })),
    ],
    ['options-not-an-object', /array of 2/, () => magnitudeMask(matrix, 0.5, wrong([2, 2]))],
    ['m-not-below-n', /\[4, 4\]/, () => mByNMask(matrix, [4, 4])],
    ['m-not-below-n', /\[5, 4\]/, () => mByNMask(matrix, [5, 4])],
    ['m-by-n-rank', /\[4\]/, () => mByNMask(upTo(4), [2, 4])],
    ['m-by-n-rank', /\[4, 4, 4\]/, () => mByNMask(tf.ones([4, 4, 4]), [2, 4])],
    ['not-an-integer-in-range', /mByN\[0\]/, () => mByNMask(matrix, [0.5, 2])],
    ['not-an-integer-in-range', /mByN\[0\]/, () => mByNMask(matrix, [-1, 2])],
    ['not-a-pair', /mByN.*2:4/, () => mByNMask(matrix, wrong('2:4'))],
    [
      'value-not-finite',
      /weights\[1\]\[1\]/,
      () =>
        mByNMask(
          [
            [1, 2],
            [3, NaN],
          ],
          [1, 2],
        ),
    ],
    ['m-above-n', /no 3 zeros in 2/, () => isPrunedMByN(matrix, [3, 2])],
    ['not-an-integer-in-range', /mByN\[1\]/, () => isPrunedMByN(matrix, [0, 0])],
    ['m-by-n-rank', /\[2\]/, () => isPrunedMByN([1, 2], [1, 2])],
    [
      'last-channel-unknown',
      /'C_IN' or 'C_OUT'/,
      () => isPrunedMByN(matrix, [1, 2], { lastChannel: wrong('in') }),
    ],
  ])('%s, %s', (code, words, call) => {
    expect(call).toThrow(coded(code));
    expect(call).toThrow(words);
    expect(call).toThrow(ReaderError);
  });
});
