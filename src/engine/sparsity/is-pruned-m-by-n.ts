import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from './known-options.ts';
import { inputChannels, type MByN } from './m-by-n-mask.ts';
import { readWeights, requirePair, shapeText, type Weights } from './weights-argument.ts';

/** How the channels of a kernel lie. */
export interface ChannelOptions {
  /**
   * 'C_OUT', unless told: output channels are the last axis, as in TensorFlow. 'C_IN': input channels are, as in
   * TFLite.
   */
  lastChannel?: 'C_IN' | 'C_OUT';
}

/**
 * Tells whether every n consecutive weights along the input channels hold at least m zeros; a last group that is not
 * full must not hold more than n − m others either.
 *
 * @param weights - a kernel: a tensor or nested arrays; of rank 2 or 4 when its output channels are last
 * @param mByN - [m, n], whole numbers, m not above n
 * @param options - `lastChannel`, 'C_OUT' unless told
 * @returns whether the weights are so pruned
 * @throws ReaderError `m-above-n`, `m-by-n-rank`, `last-channel-unknown`, `not-a-pair`, `not-an-integer-in-range`,
 *   `option-unknown`, and those of weights that are not finite numbers in even rows
 * @example
 * ```ts
 * import { sparsity } from 'heavy-weights';
 *
 * console.log(sparsity.isPrunedMByN([[0.7], [-0.9], [0], [0]], [2, 4])); // true
 * console.log(sparsity.isPrunedMByN([[0.7, -0.9, 0, 0.1]], [2, 4], { lastChannel: 'C_IN' })); // false
 * ```
 * @see `is_pruned_m_by_n`, tensorflow_model_optimization/python/core/sparsity/keras/pruning_utils.py
 */
export function isPrunedMByN(weights: Weights, mByN: MByN, options: ChannelOptions = {}): boolean {
  requireKnownOptions('isPrunedMByN', options, ['lastChannel'], "{ lastChannel: 'C_IN' }");
  const { lastChannel = 'C_OUT' } = options;
  if (lastChannel !== 'C_IN' && lastChannel !== 'C_OUT') {
    throw new ReaderError({
      code: 'last-channel-unknown',
      explain: `lastChannel must be 'C_IN' or 'C_OUT'; it is ${describe(lastChannel)}.`,
    });
  }
  requirePair('mByN', mByN, 0, '[2, 4], two zeros in every four');
  const [m, n] = mByN;
  requireInteger('mByN[1]', n, 1, Number.MAX_SAFE_INTEGER);
  if (m > n) {
    throw new ReaderError({
      code: 'm-above-n',
      explain: `mByN is ${shapeText(mByN)}: there are no ${m} zeros in ${n} weights.`,
      hint: 'Two zeros in every four are [2, 4].',
    });
  }
  const { values, shape } = readWeights(weights);
  const { rows, length } =
    lastChannel === 'C_OUT' ? inputChannels(shape, 'weights') : rowsAlongLast(shape);
  return rows.every(([first, stride]) => {
    for (let start = 0; start < length; start += n) {
      let others = 0;
      for (let i = start; i < Math.min(start + n, length); i++) {
        if (values[first + i * stride] !== 0) others++;
      }
      if (others > n - m) return false;
    }
    return true;
  });
}

function rowsAlongLast(shape: readonly number[]): ReturnType<typeof inputChannels> {
  const length = shape.at(-1) ?? 1;
  const count = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return {
    length,
    rows: Array.from({ length: count }, (_, row) => [row * length, 1]),
  };
}
