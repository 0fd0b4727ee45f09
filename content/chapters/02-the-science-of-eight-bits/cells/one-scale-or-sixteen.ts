import { numerics, quantization } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const folded = quantization.foldBatchNorm(await openModel('depthwise-net'));

/** The weights of a layer of the light reader, as its .tflite file has to hold them: normalization folded in. */
function kernelOf(layer: string) {
  const kernel = folded.getLayer(layer).getWeights()[0];
  return { values: kernel.dataSync() as Float32Array, shape: kernel.shape };
}

const eight = { numBits: 8, symmetric: true, narrowRange: true };
const roundTrip = (values: ArrayLike<number>, params: Parameters<typeof numerics.quantize>[1]) =>
  numerics.dequantize(numerics.quantize(values, params), params);

const { values, shape } = kernelOf('depthwise_2'); // [3, 3, 16, 1]: nine weights for each of sixteen channels
const one = numerics.chooseQuantizationParams(numerics.minMax(values), eight);
const sixteen = numerics.chooseQuantizationParamsPerAxis(values, shape, 2, eight);
const [inOne, inSixteen] = [roundTrip(values, one), roundTrip(values, sixteen)];

const channel = (all: Float32Array, c: number) => all.filter((_, i) => i % 16 === c);
display.table(
  sixteen.scales.map((scale, c) => ({
    channel: c,
    'largest weight': scale * 127,
    'codes used of 127, one scale': Math.round((scale * 127) / one.scale),
    'SQNR, one scale': numerics.sqnr(channel(values, c), channel(inOne, c)),
    'SQNR, its own': numerics.sqnr(channel(values, c), channel(inSixteen, c)),
  })),
  { title: 'Sixteen channels of depthwise_2 in eight bits' },
);
console.log(`The layer: ${numerics.sqnr(values, inOne).toFixed(1)} dB with one scale,`);
console.log(`           ${numerics.sqnr(values, inSixteen).toFixed(1)} dB with sixteen.`);
