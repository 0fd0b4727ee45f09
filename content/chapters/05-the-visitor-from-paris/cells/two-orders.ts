import { progress } from 'heavy-weights/book';

const tray = await openDataset('mnist-test', { count: 1000 });
const cards = tf.tensor2d(tray.images, [tray.count, 784]);

function reads(model: tf.LayersModel): number {
  const given = tf.tidy(() =>
    (model.predict(cards, { batchSize: 500 }) as tf.Tensor)
      .argMax(1)
      .dataSync(),
  );
  return tray.labels.filter((label, i) => given[i] === label).length;
}

const rows = [];
for (const gone of [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]) {
  const smaller = sparsity.magnitudePrune(old, gone, { scope: 'global' });
  const lesser = sparsity.obdPrune(old, worths, gone);
  rows.push({
    struck: `${100 * gone}%`,
    'by size: loss': lossOf(smaller) - whole,
    read: reads(smaller),
    'by worth: loss': lossOf(lesser) - whole,
    foretold: sparsity.predictedLossIncrease(worths, lesser),
    'read ': reads(lesser),
  });
  progress(rows.length, 6, `${100 * gone}% struck out`);
}
display.table(rows, {
  title: `Rise of a loss of ${whole.toFixed(4)}; cards read, of ${tray.count}`,
});
