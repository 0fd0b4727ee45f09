const retired = await openModel('lenet-300-100');
const flat = tf.tensor2d(drawer.images, [drawer.count, 784]);
function* flatSheets() {
  yield flat.clone();
}

// Three units of dense_1 a hundred times larger, what reads them as much smaller.
const factors = tf.tidy(() => {
  const each = new Float32Array(300).fill(1);
  for (const unit of [5, 42, 79]) each[unit] = 100;
  return tf.tensor1d(each);
});
const [first, second] = [retired.getLayer('dense_1'), retired.getLayer('dense_2')];
const [kernel1, bias1] = first.getWeights();
const [kernel2, bias2] = second.getWeights();
first.setWeights([kernel1.mul(factors), bias1.mul(factors)]);
second.setWeights([kernel2.div(factors.reshape([300, 1])), bias2]);

const flatTray = tf.tensor2d(tray.images, [tray.count, 784]);
function readsFlat(model: { predict(x: tf.Tensor): tf.Tensor | tf.Tensor[] }): number {
  const answers = tf.tidy(() =>
    (model.predict(flatTray) as tf.Tensor).argMax(1).dataSync(),
  );
  return tray.labels.filter((label, i) => answers[i] === label).length;
}
const inEight = (model: tf.LayersModel, granularity: 'per-channel' | 'per-tensor') =>
  quantization.quantizePostTraining(model, {
    mode: 'int8',
    granularity,
    representativeDataset: flatSheets,
  });

const rows = [
  { model: 'in float', read: readsFlat(retired) },
  { model: 'int8, one scale a layer', read: readsFlat(await inEight(retired, 'per-tensor')) },
  { model: 'int8, one a channel', read: readsFlat(await inEight(retired, 'per-channel')) },
];
for (const alpha of [0, 0.5, 1]) {
  const smooth = await quantization.smoothQuant(retired, flatSheets, { alpha });
  rows.push({
    model: `smoothed, α = ${alpha}, one scale a layer`,
    read: readsFlat(await inEight(smooth, 'per-tensor')),
  });
}
display.table(rows, { title: `Three loud units: of ${tray.count} images` });
