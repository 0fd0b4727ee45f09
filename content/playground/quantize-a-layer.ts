import { numerics } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100');
const weights = model.getLayer('dense_2').getWeights()[0]!.dataSync() as Float32Array;

const rows = [];
for (const numBits of [8, 6, 4, 3, 2]) {
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), {
    numBits,
    symmetric: true,
    narrowRange: true,
  });
  const back = numerics.dequantize(numerics.quantize(weights, params), params);
  rows.push({
    bits: numBits,
    scale: params.scale.toPrecision(4),
    'largest error': numerics.maxAbsError(weights, back).toPrecision(3),
    'SQNR, dB': numerics.sqnr(weights, back).toFixed(1),
  });
}
display.table(rows, { title: `The ${weights.length} weights of dense_2` });
display.histogram(weights, { title: 'The weights', xLabel: 'weight' });
