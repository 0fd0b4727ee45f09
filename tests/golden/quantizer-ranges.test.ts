import '@tensorflow/tfjs-backend-cpu';
import { quantization, tf } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';

interface Case {
  quantizer: 'AllValues' | 'LastValue' | 'MovingAverage';
  batches: number[][];
  symmetric?: boolean;
  narrow_range?: boolean;
}

const QUANTIZERS = {
  AllValues: quantization.AllValuesQuantizer,
  LastValue: quantization.LastValueQuantizer,
  MovingAverage: quantization.MovingAverageQuantizer,
} as const;

goldenSuite('quantizer-ranges.json', [{ file: 'tfmot_quantizer_ranges.json' }], {
  answered: {
    'quantizer range update (min_var,max_var start at 0,0; batches fed in order; training=True; num_bits=8)':
      {
        answer: ({ quantizer, batches, symmetric = false, narrow_range = false }: Case) =>
          tf.tidy(() => {
            const made = new QUANTIZERS[quantizer]({ symmetric, narrowRange: narrow_range });
            const start = { min: tf.scalar(0) as tf.Tensor, max: tf.scalar(0) as tf.Tensor };
            const end = batches.reduce(
              (range, batch) => made.next(range, tf.tensor1d(batch)),
              start,
            );
            return { min: end.min.dataSync()[0]!, max: end.max.dataSync()[0]! };
          }),
      },
  },
  notCovered: {},
});
