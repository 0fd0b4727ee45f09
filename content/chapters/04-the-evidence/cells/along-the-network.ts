import { Interpreter, numerics, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

// The heavy model in int8 once more, calibrated on a hundred sheets, beside itself in float.
const heavy = await openModel('lenet-5');
const drawer = await openDataset('mnist-train', { count: 100 });
const file = await TFLiteConverter.fromLayersModel(heavy, {
  optimizations: ['DEFAULT'],
  representativeDataset: function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  },
}).convert();
const integers = new Interpreter(file);
integers.allocateTensors();

const digits = await openDataset('mnist-test', { count: 100 });
const [{ index: paper }] = integers.getInputDetails();
const show = (digit: number) => {
  integers.setTensor(paper, digits.images.subarray(784 * digit, 784 * (digit + 1)));
  integers.invoke();
  return integers.trace();
};

const layers = heavy.layers.map(({ name }) => name).filter((name) => !/input|flatten/.test(name));
const inFloat = tf
  .model({ inputs: heavy.inputs, outputs: layers.map((name) => heavy.getLayer(name).output as tf.SymbolicTensor) })
  .predict(tf.tensor4d(digits.images, digits.shape)) as tf.Tensor[];

const given = layers.map(() => [] as number[]);
for (let digit = 0; digit < digits.count; digit++) {
  const tensors = show(digit);
  layers.forEach((layer, i) => {
    const { data, quantization: rule } = tensors.find(({ name }) => name.replace(/_relu$/, '') === layer);
    for (const code of data) given[i].push(rule.scales[0] * (code - rule.zeroPoints[0]));
  });
}

display.table(
  layers.map((layer, i) => {
    const [wanted, got] = [inFloat[i].dataSync() as Float32Array, Float32Array.from(given[i])];
    const cosine = numerics.cosineSimilarity(wanted, got);
    return {
      layer,
      cosine: cosine.toFixed(5),
      'SQNR, dB': numerics.sqnr(wanted, got).toFixed(1),
      'dB, from the cosine alone': (-10 * Math.log10(2 * (1 - cosine))).toFixed(1),
    };
  }),
  { title: 'The heavy model in int8 against its float, over a hundred digits' },
);
