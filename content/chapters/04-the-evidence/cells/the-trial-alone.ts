import { quantization, sparsity } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

// The light reader, a fifth struck out and its norms folded; in float, and as an honest file of our own.
const light = await openModel('depthwise-net');
const fifth = 0.2;
const pruned = sparsity.magnitudePrune(light, {
  conv_1: fifth,
  conv_2_pointwise: fifth,
  conv_3_pointwise: fifth,
  conv_4_pointwise: fifth,
});
const honest = await TFLiteConverter.fromLayersModel(pruned, {
  optimizations: ['DEFAULT'],
  representativeDataset: function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  },
}).convert();
const { file: trial } = await openTrial();
const folded = quantization.foldBatchNorm(pruned);

/** Each layer of a file, handed what the file itself hands it, and set beside what the float makes of that. */
function alone(bytes: Uint8Array) {
  const interpreter = new Interpreter(bytes);
  interpreter.allocateTensors();
  const found: Record<string, { wanted: number[]; got: number[]; step: number }> = {};
  for (let digit = 0; digit < 10; digit++) {
    const image = digits.images.slice(784 * digit, 784 * (digit + 1));
    interpreter.setTensor(interpreter.getInputDetails()[0].index, image);
    interpreter.invoke();
    const codes = interpreter.trace().filter(({ constant, dtype }) => !constant && dtype === 'int8');
    let handed = tf.tensor4d(image, [1, 28, 28, 1]) as tf.Tensor;
    for (const { name } of folded.layers.slice(0, -1)) {
      const layer = folded.getLayer(name);
      const made = layer.getClassName() === 'InputLayer' ? handed : (layer.apply(handed) as tf.Tensor);
      // The first of the codes are those of the digit itself.
      const tensor = layer.getClassName() === 'InputLayer' ? codes[0] : codes.find((one) => one.name === name);
      if (!tensor) {
        handed = made; // a layer that became part of the next
        continue;
      }
      const { scales, zeroPoints } = tensor.quantization;
      const real = Float32Array.from(tensor.data, (code) => scales[0] * (Number(code) - zeroPoints[0]));
      const row = (found[layer.getClassName() === 'InputLayer' ? 'the digit itself' : name] ??= { wanted: [], got: [], step: scales[0] });
      row.wanted.push(...made.dataSync());
      row.got.push(...real);
      handed = tf.tensor(real, made.shape);
    }
  }
  return found;
}

const [ours, theirs] = [alone(honest), alone(trial)];
const decibels = ({ wanted, got }) => Math.min(numerics.sqnr(Float32Array.from(wanted), Float32Array.from(got)), 100);
const inSteps = ({ wanted, got, step }) => Math.sqrt(numerics.mse(Float32Array.from(wanted), Float32Array.from(got))) / step;
display.table(
  Object.keys(ours).map((name) => ({
    layer: name,
    'honest, dB': decibels(ours[name]).toFixed(1),
    'honest, steps': inSteps(ours[name]).toFixed(2),
    'trial, dB': decibels(theirs[name]).toFixed(1),
    'trial, steps': inSteps(theirs[name]).toFixed(2),
  })),
  { title: 'Each layer alone: what it makes of what it is handed' },
);
