import { compression, evaluation, sparsity, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const cards = await openDataset('mnist-test', { count: 500 });
const pictures = tf.tensor4d(cards.images, cards.shape);

const reads = (model: tf.LayersModel) => {
  const said = tf.tidy(() => (model.predict(pictures) as tf.Tensor).argMax(1).dataSync());
  return cards.labels.filter((label, i) => said[i] === label).length;
};

const { model: small, removed } = sparsity.pruneChannels(heavy, {
  sparsity: { conv_1: 0.4, conv_2: 0.5, dense_1: 0.8 },
  criterion: 'l2', // the filters of least Σw² go
});

const kernel = (model: tf.LayersModel, name: string) => model.getLayer(name).getWeights()[0]!;
display.table(
  ['conv_1', 'conv_2', 'dense_1', 'logits'].map((layer) => ({
    layer,
    'kernel was': kernel(heavy, layer).shape.join(' × '),
    'and is': kernel(small, layer).shape.join(' × '),
    'weights were': kernel(heavy, layer).size,
    'and are': kernel(small, layer).size,
  })),
  { title: 'What each layer has left' },
);

const int8Bytes = (model: tf.LayersModel) =>
  compression.sizeLedger(model).find(({ name }) => name === 'int8')!.bytes;
display.table(
  Object.entries({ whole: heavy, cut: small }).map(([network, model]) => ({
    network,
    'bytes in int8': int8Bytes(model),
    multiplications: evaluation.modelCost(model).macs,
    'read, untrained': reads(model),
    of: cards.count,
  })),
  { title: 'Cut, and not yet trained again' },
);
console.log(`Sent home from conv_1: filters ${removed['conv_1']!.join(', ')}.`);
