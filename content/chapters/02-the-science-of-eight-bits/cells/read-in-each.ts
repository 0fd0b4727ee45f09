import { progress } from 'heavy-weights/book';

const tried = await openDataset('mnist-test', { count: 100 });
const pictures = tf.tensor4d(tried.images, tried.shape);
const batch = function* () {
  yield pictures.clone(); // a batch is disposed of after use
};

const readings = (network: quantization.QuantizedModel) =>
  (network.predict(pictures) as tf.Tensor).argMax(1).dataSync();
const inFloat = readings(networks.float32!);

const verdicts = [];
for (const [mode, network] of Object.entries(networks)) {
  const answers = readings(network);
  const errors = await evaluation.perLayerError(model, network, batch);
  verdicts.push({
    bargain: mode,
    'read correctly': tried.labels.filter((label, i) => answers[i] === label).length,
    'unlike the float': answers.filter((answer, i) => answer !== inFloat[i]).length,
    'SQNR of the scores, dB':
      mode === 'float32' ? 'exact' : errors.find(({ layer }) => layer === 'logits')!.sqnr.toFixed(1),
  });
  progress(verdicts.length, 6, mode);
}
display.table(verdicts, { title: 'A hundred digits, read under each bargain' });
