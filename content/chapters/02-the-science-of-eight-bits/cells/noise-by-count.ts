import { numerics } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const weights = heavy.getLayer('dense_1').getWeights()[0].dataSync() as Float32Array;

/** The symmetric rule of so many bits that ends at ±clip. */
const ruleTo = (clip: number, numBits: number) =>
  numerics.chooseQuantizationParams({ min: -clip, max: clip }, { numBits, symmetric: true, narrowRange: true });
const throughRule = (values: Float32Array, params: { scale: number; zeroPoint: number }) =>
  numerics.dequantize(numerics.quantize(values, params), params);

const { min, max } = numerics.minMax(weights);
const largest = Math.max(-min, max);
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

display.table(
  [8, 6, 4, 3, 2].map((bits) => {
    const rule = ruleTo(largest, bits);
    const errors = throughRule(weights, rule).map((restored, i) => restored - weights[i]);
    const power = mean(errors.map((e) => e * e));
    const together = mean(errors.map((e, i) => e * weights[i]));
    return {
      bits,
      'power ÷ (s²/12)': power / (rule.scale ** 2 / 12),
      'mean error, in notches': mean(errors) / rule.scale,
      'correlation with the weight': together / Math.sqrt(power * mean(weights.map((w) => w * w))),
    };
  }),
  { title: 'The rounding errors of dense_1, against the law' },
);
