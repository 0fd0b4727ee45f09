import { evaluation, quantization } from 'heavy-weights';
import { display, progress } from 'heavy-weights/book';

const ones = [...sheets.labels.keys()].filter((i) => sheets.labels[i] === 1).slice(0, 100);
const sets: Record<string, () => tf.Tensor> = {
  'one sheet': () => sheetsFrom(1),
  'ten sheets': () => sheetsFrom(10),
  'a hundred': () => sheetsFrom(100),
  'a thousand': () => sheetsFrom(1000),
  'a hundred, all ones': () => tf.gather(sheetsFrom(1000), ones),
  'a hundred, left at 0…255': () => tf.mul(sheetsFrom(100), 255),
};

const few = tf.tensor4d(tested.images.slice(0, 40 * 784), [40, 28, 28, 1]);
const found = [];
for (const [name, specimens] of Object.entries(sets)) {
  const network = await quantization.quantizePostTraining(heavy, {
    mode: 'int8',
    representativeDataset: function* () {
      yield specimens();
    },
  });
  const answers = (network.predict(few) as tf.Tensor).argMax(1).dataSync();
  const errors = await evaluation.perLayerError(heavy, network, function* () {
    yield few.clone();
  });
  found.push({
    calibrated: name,
    'step of the scores': stepOf(network, 'logits'),
    'SQNR of the scores, dB': errors.find(({ layer }) => layer === 'logits')!.sqnr.toFixed(1),
    'read, of 40': answers.filter((answer, i) => answer === tested.labels[i]).length,
  });
  progress(found.length, 6, name);
}
display.table(found, { title: 'The heavy model in int8, calibrated on' });

/** The step of what a layer gives. */
function stepOf(network: quantization.QuantizedModel, layer: string): string {
  const tensor = network.graph.tensors.find(({ name, data }) => name === layer && !data)!;
  return tensor.quantization!.scales[0]!.toPrecision(4);
}
