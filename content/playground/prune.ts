import { compression, sparsity, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const model = await openModel('bn-cnn');
const { images, labels, shape } = await openDataset('mnist-test', { count: 500 });
const pictures = tf.tensor4d(images, shape);

const shares = [0, 0.3, 0.5, 0.7, 0.9];
const rows = [];
for (const share of shares) {
  const pruned = share === 0 ? model : sparsity.magnitudePrune(model, share);
  const read = (pruned.predict(pictures) as tf.Tensor).argMax(1).dataSync();
  const correct = labels.filter((label, i) => label === read[i]).length;
  const file = await TFLiteConverter.fromLayersModel(pruned).convert();
  rows.push({
    'set to zero': `${100 * share}%`,
    'read correctly, of 500': correct,
    'file, bytes': file.length,
    'file in gzip, bytes': compression.sizeLedger(file)[0]!.gzipBytes,
  });
  progress(rows.length, shares.length, 'pruning');
}
display.table(rows, { title: 'A small network, pruned and not trained again' });
