import { Interpreter, numerics, tf } from 'heavy-weights';
import { display, openDataset, openModel, openTrial } from 'heavy-weights/book';

const { file } = await openTrial();
const light = await openModel('depthwise-net');
const which = 0; // try other digits
const digit = await openDataset('mnist-test', { from: which, count: 1 });

const interpreter = new Interpreter(file);
interpreter.allocateTensors();
interpreter.setTensor(interpreter.getInputDetails()[0]!.index, digit.images);
interpreter.invoke();

/** What a layer of the light reader gives in float. */
const inFloats = (name: string) => {
  const upTo = tf.model({ inputs: light.inputs, outputs: light.getLayer(name).output as tf.SymbolicTensor });
  return (upTo.predict(tf.tensor4d(digit.images, digit.shape)) as tf.Tensor).dataSync() as Float32Array;
};

const steps = [];
for (const { name, data, dtype, constant, quantization: q } of interpreter.trace()) {
  if (constant || dtype !== 'int8') continue; // weights, biases, and the floats at both ends
  const isInput = !light.layers.some((layer) => layer.name === name);
  const wanted = isInput ? digit.images : inFloats(name);
  const given = Float32Array.from(data, (code) => q.scales[0]! * (code - q.zeroPoints[0]!));
  const ratio = Math.min(numerics.sqnr(wanted, given), 100); // beyond 100 dB nothing is lost but the last bit of a float
  const before = steps.at(-1)?.ratio ?? 100;
  steps.push({
    tensor: isInput ? 'the digit itself' : name,
    scale: q.scales[0]!.toPrecision(4),
    'zero point': q.zeroPoints[0]!,
    'SQNR, dB': ratio === 100 ? 'exact' : ratio.toFixed(1),
    'lost since the line above': before === 100 ? '' : (before - ratio).toFixed(1),
    ratio,
  });
}
display.table(
  steps.map(({ ratio: _, ...shown }) => shown),
  { title: `Digit ${which}, followed through the trial file` },
);
