import { progress } from 'heavy-weights/book';

const dense = (await openModel('lenet-5')).getLayer('dense_1').getWeights()[0]; // 800 inputs × 500 units
const weights = dense.dataSync() as Float32Array;
const rule = (numBits: number) => ({ numBits, symmetric: true, narrowRange: true });
const sizes = [800, 400, 200, 100, 50, 32, 16, 8]; // 800 inputs together: one scale a unit

const rows = sizes.map((size, i) => {
  const params = numerics.chooseQuantizationParamsPerGroup(weights, dense.shape, 0, size, rule(4));
  progress(i + 1, sizes.length, `groups of ${size}`);
  return {
    'inputs to a scale': size,
    scales: params.scales.length,
    'bits a weight, float32 scales': 4 + 32 / size,
    'bits a weight, float16 scales': 4 + 16 / size,
    bytes: (weights.length * 4) / 8 + params.scales.length * 4,
    SQNR: numerics.sqnr(weights, roundTrip(weights, params)),
  };
});
display.table(rows, { title: 'dense_1 of the heavy model in four bits' });

// The same bits spent otherwise: five a weight, and one scale a unit.
const fiveBits = roundTrip(weights, numerics.chooseQuantizationParamsPerAxis(weights, dense.shape, 1, rule(5)));
const fiveSqnr = numerics.sqnr(weights, fiveBits);
console.log(`Five bits a weight and one scale a unit: ${(5 + 32 / 800).toFixed(2)} bits, ${fiveSqnr.toFixed(2)} dB.`);

display.line(
  {
    'four bits, float32 scales': { x: rows.map((r) => r['bits a weight, float32 scales']), y: rows.map((r) => r.SQNR) },
    'four bits, float16 scales': { x: rows.map((r) => r['bits a weight, float16 scales']), y: rows.map((r) => r.SQNR) },
    'four, five and six bits, a scale a unit': {
      x: [4, 5, 6].map((bits) => bits + 32 / 800),
      y: [4, 5, 6].map((bits) => {
        const params = numerics.chooseQuantizationParamsPerAxis(weights, dense.shape, 1, rule(bits));
        return numerics.sqnr(weights, roundTrip(weights, params));
      }),
    },
  },
  { title: 'What bits buy', xLabel: 'bits a weight, scales included', yLabel: 'SQNR (dB)' },
);
