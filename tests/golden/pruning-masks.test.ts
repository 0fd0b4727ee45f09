import '@tensorflow/tfjs-backend-cpu';
import { sparsity, tf } from 'heavy-weights';
import { inputChannels } from '../../src/engine/sparsity/m-by-n-mask.ts';
import { goldenSuite } from './golden-suite.ts';

type Pair = [number, number];

/** What a call gives, or the name of the reference's error when it throws one for readers. */
function errorOr(expected: unknown, call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if ((error as Error).name !== 'ReaderError') throw error;
    return typeof expected === 'string' ? expected : String(error);
  }
}

const values = (mask: tf.Tensor) => mask.arraySync();

goldenSuite('pruning-masks.json', [{ file: 'tfmot_pruning_masks.json' }], {
  answered: {
    'magnitude mask (elementwise)': {
      answer: ({ weights, sparsity: share }: { weights: number[]; sparsity: number }) => {
        const { mask, threshold } = sparsity.magnitudeMask(weights, share);
        return { mask: values(mask), threshold, nonzero_count: tf.sum(mask).dataSync()[0] };
      },
    },
    'magnitude mask (block)': {
      answer: (
        inputs: {
          block_size: Pair;
          block_pooling_type: 'AVG' | 'MAX';
          sparsity: number;
          weights?: number[][];
          weights_rank?: number;
        },
        { expected },
      ) =>
        errorOr(expected, () => {
          const weights = inputs.weights ?? tf.ones(Array(inputs.weights_rank).fill(4));
          const { mask } = sparsity.magnitudeMask(weights, inputs.sparsity, {
            blockSize: inputs.block_size,
            blockPoolingType: inputs.block_pooling_type,
          });
          return { mask: values(mask) };
        }),
    },
    'm_by_n mask on Keras-layout weights (Dense [in,out] / Conv2D [h,w,in,out])': {
      answer: (
        inputs: { m_by_n: Pair; weights?: number[][]; weights_shape?: number[] },
        { expected },
      ) =>
        errorOr(expected, () => ({
          mask: values(
            sparsity.mByNMask(inputs.weights ?? tf.ones(inputs.weights_shape!), inputs.m_by_n),
          ),
        })),
    },
    'generate_m_by_n_mask (2-D, groups along last axis)': {
      answer: (
        inputs: { m_by_n: Pair; weights?: number[][]; weights_shape?: number[] },
        { expected },
      ) =>
        errorOr(expected, () => {
          // Groups run down the columns of a Dense kernel: turned, and turned back.
          const rows = inputs.weights ? tf.tensor(inputs.weights) : tf.ones(inputs.weights_shape!);
          return values(tf.transpose(sparsity.mByNMask(tf.transpose(rows), inputs.m_by_n)));
        }),
    },
    is_pruned_m_by_n: {
      answer: (inputs: { rows: number[][]; last_channel: 'C_IN' | 'C_OUT'; m_by_n: Pair }) => {
        const rows = tf.tensor(inputs.rows);
        const kernel = inputs.last_channel === 'C_OUT' ? tf.transpose(rows) : rows;
        return sparsity.isPrunedMByN(kernel, inputs.m_by_n, { lastChannel: inputs.last_channel });
      },
    },
    'weights_rearrange shape': {
      answer: ({ shape }: { shape: number[] }, { expected }) =>
        errorOr(expected, () => {
          const { rows, length } = inputChannels(shape, 'weights');
          return [rows.length, length];
        }),
    },
  },
  notCovered: {},
});
