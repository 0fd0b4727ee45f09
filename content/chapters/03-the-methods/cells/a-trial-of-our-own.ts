import { Interpreter, numerics, sparsity, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel, openTrial } from 'heavy-weights/book';

// As the works do it: a fifth struck out, a hundred sheets, eight bits; the sheets are from our own copy of the drawer.
const light = await openModel('depthwise-net');
const copies = await openDataset('mnist-train', { count: 100 });
const fifth = 0.2;
const pruned = sparsity.magnitudePrune(light, {
  conv_1: fifth,
  conv_2_pointwise: fifth,
  conv_3_pointwise: fifth,
  conv_4_pointwise: fifth,
});
const ours = await TFLiteConverter.fromLayersModel(pruned, {
  optimizations: ['DEFAULT'],
  representativeDataset: function* () {
    yield tf.tensor4d(copies.images, copies.shape);
  },
}).convert();
const { file: theirs } = await openTrial();

const cards = await openDataset('mnist-test', { count: 100 });
const names = light.layers.map(({ name }) => name).filter((name) => /^(relu|average|logits)/.test(name));
const inFloat = tf
  .model({ inputs: light.inputs, outputs: names.map((name) => light.getLayer(name).output as tf.SymbolicTensor) })
  .predict(tf.tensor4d(cards.images, cards.shape)) as tf.Tensor[];
const wanted = new Map(names.map((name, i) => [name, inFloat[i]!.dataSync() as Float32Array]));

/** How many of the cards a file reads, and the SQNR of every layer over the first ten. */
function examine(bytes: Uint8Array) {
  const interpreter = new Interpreter(bytes);
  interpreter.allocateTensors();
  const given = new Map<string, number[]>(names.map((name) => [name, []]));
  let read = 0;
  for (let i = 0; i < cards.count; i++) {
    interpreter.setTensor(interpreter.getInputDetails()[0]!.index, cards.images.slice(i * 784, (i + 1) * 784));
    interpreter.invoke();
    const scores = interpreter.getTensor(interpreter.getOutputDetails()[0]!.index) as Float32Array;
    if (scores.indexOf(Math.max(...scores)) === cards.labels[i]) read += 1;
    if (i >= 10) continue;
    for (const { name, data, quantization: q } of interpreter.trace())
      for (const code of given.has(name) ? data : []) given.get(name)!.push(q.scales[0]! * (code - q.zeroPoints[0]!));
  }
  const decibels = names.map((name) => {
    const values = Float32Array.from(given.get(name)!);
    return numerics.sqnr(wanted.get(name)!.subarray(0, values.length), values);
  });
  return { read, decibels };
}

const [made, trial] = [examine(ours), examine(theirs)];
console.log(`Ours reads ${made.read} of ${cards.count}; theirs reads ${trial.read}.`);
display.table(
  names.map((layer, i) => ({
    layer,
    'ours, dB': made.decibels[i]!.toFixed(1),
    'theirs, dB': trial.decibels[i]!.toFixed(1),
    'theirs is worse by': (made.decibels[i]! - trial.decibels[i]!).toFixed(1),
  })),
  { title: 'An honest file beside the trial file' },
);
