import { numerics, sparsity, tf } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const cards = await openDataset('mnist-test', { count: 400 });

/** How many of the cards a model reads. */
function reads(model: tf.LayersModel): number {
  const inputs = tf.tensor(cards.images, [cards.count, ...model.inputs[0].shape.slice(1)] as number[]);
  const readings = (model.predict(inputs) as tf.Tensor).argMax(1).dataSync();
  return cards.labels.filter((label, i) => readings[i] === label).length;
}

const kernelOf = (model: tf.LayersModel, layer: string) => model.getLayer(layer).getWeights()[0];
const kernel = kernelOf(heavy, 'dense_1');

const rows = [];
for (const share of [0, 0.5, 0.6, 0.7, 0.8, 0.9]) {
  const pruned = sparsity.magnitudePrune(heavy, share); // in every kernel, no training after
  rows.push({
    'struck out': share,
    'smallest kept in dense_1': sparsity.magnitudeMask(kernel, share).threshold,
    'SQNR of dense_1, dB': share === 0 ? '' : numerics.sqnr(kernel.dataSync(), kernelOf(pruned, 'dense_1').dataSync()),
    'read correctly': reads(pruned),
    of: cards.count,
  });
  progress(rows.length, 6, `${100 * share}% struck out`);
}
display.table(rows, { title: 'The heavy model, its smallest weights struck out at one stroke' });
