import { numerics } from 'heavy-weights';
import { display } from 'heavy-weights/book';

const layer = weightsOf('dense_2');

const params = numerics.chooseQuantizationParams(numerics.minMax(layer), {
  numBits: 8,
  symmetric: true,
  narrowRange: true, // codes −127 … 127
});
const codes = numerics.quantize(layer, params);
const back = numerics.dequantize(codes, params);

console.log(`${layer.length} weights, one notch ${params.scale.toFixed(6)}`);
console.log(`largest error ${numerics.maxAbsError(layer, back).toFixed(6)}, half a notch ${(params.scale / 2).toFixed(6)}`);

const errors = layer.map((w, i) => (w - back[i]) / params.scale);
display.histogram(errors, { bins: 20, title: 'Rounding errors of dense_2', xLabel: 'error, in notches' });
display.heatmap({ data: codes, rows: 300, cols: 100 }, { title: 'The codes of dense_2: 300 inputs by 100 units' });
