import { quantization } from 'heavy-weights';
import { openDataset, progress } from 'heavy-weights/book';

const plain = await openModel('lenet-300-100');
const lessons = await openDataset('mnist-train', { count: 640 });
const images = tf.tensor2d(lessons.images, [lessons.count, 784]);
const answers = tf.oneHot(tf.tensor1d(Array.from(lessons.labels), 'int32'), 10);

// Four fifths pruned; then sixteen values, one of them zero.
const made = clustering.stripClustering(
  clustering.clusterWeights(sparsity.magnitudePrune(plain, 0.8), {
    numberOfClusters: 16,
    preserveSparsity: true,
    kMeansIterations: 20,
  }),
);

const kernelOf = (model: tf.LayersModel, layer = 'dense_1') => model.getLayer(layer).getWeights()[0]!.dataSync();
const told = (when: string, kernel: ArrayLike<number>) => ({
  when,
  zeros: Array.from(kernel).filter((weight) => weight === 0).length,
  values: new Set(Array.from(kernel)).size,
});
const rows = [told('pruned and clustered', kernelOf(made))];

const ways = {
  'trained quantized, no more': {},
  'keeping zeros (PQAT)': { preserveSparsity: true },
  'keeping clusters (CQAT)': { preserveClusters: true },
  'keeping both (PCQAT)': { preserveSparsity: true, preserveClusters: true },
};
for (const [done, [name, keep]] of Object.entries(ways).entries()) {
  const pupil = quantization.quantizeModel(made, keep);
  await quantization.calibrateRangesInPlace(pupil, () => [images.slice(0, 128)]);
  pupil.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
  await pupil.fit(images, answers, { batchSize: 64, epochs: 1, verbose: 0, shuffle: false });
  // The integers that the converter would write.
  const { data } = quantization.convertQuantizedModel(pupil).graph.tensors.find((tensor) =>
    /dense_1.*kernel/.test(tensor.name),
  )!;
  rows.push(told(name, data as Int8Array));
  progress(done + 1, 4, name);
}
display.table(rows, { title: 'dense_1 after ten batches more' });
