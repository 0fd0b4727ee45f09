import { numerics } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100');
const layers = ['dense_1', 'dense_2', 'logits'];
const weightsOf = (layer: string) => model.getLayer(layer).getWeights()[0].dataSync() as Float32Array;

/** The weights after a round trip through so many bits, symmetric, one scale for the layer. */
function roundedTo(numBits: number, weights: Float32Array): Float32Array {
  const params = numerics.chooseQuantizationParams(numerics.minMax(weights), {
    numBits,
    symmetric: true,
    narrowRange: true,
  });
  return numerics.dequantize(numerics.quantize(weights, params), params);
}

const widths = [2, 3, 4, 5, 6, 7, 8];
const measured = Object.fromEntries(
  layers.map((layer) => {
    const weights = weightsOf(layer);
    return [layer, { x: widths, y: widths.map((bits) => numerics.sqnr(weights, roundedTo(bits, weights))) }];
  }),
);

display.line(measured, { title: 'What a bit is worth', xLabel: 'bits a weight', yLabel: 'SQNR (dB)' });
for (const layer of layers) {
  const { y } = measured[layer];
  console.log(`${layer}: ${y[6].toFixed(2)} dB at 8 bits; one bit fewer costs ${(y[6] - y[5]).toFixed(2)} dB.`);
}
