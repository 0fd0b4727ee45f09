const tray = await openDataset('mnist-test', { count: 500 });
const trayPixels = tf.tensor4d(tray.images, tray.shape);

function reads(model: tf.LayersModel): number {
  const answers = tf.tidy(() =>
    (model.predict(trayPixels) as tf.Tensor).argMax(1).dataSync(),
  );
  return tray.labels.filter((label, i) => answers[i] === label).length;
}

function* sheets() {
  yield pixels.clone();
}

const numBits = 3;
const found: { layer: string; nearest: string; learned: string; gain: string }[] = [];
const learned = await quantization.adaRound(light, sheets, {
  numBits,
  iterations: 200,
  onLayer: (layer, errors) =>
    found.push({
      layer,
      nearest: errors.nearest.toPrecision(3),
      learned: errors.learned.toPrecision(3),
      gain: (10 * Math.log10(errors.nearest / errors.learned)).toFixed(1),
    }),
});
display.table(found, { title: 'Mean squared error of the sums, and the gain in dB' });

const nearest = quantization.fakeQuantizeWeights(light, { numBits });
const corrected = await quantization.biasCorrection(light, nearest, sheets);
display.table(
  [
    { weights: 'float', read: reads(light) },
    { weights: '3 bits, nearest', read: reads(nearest) },
    { weights: '3 bits, nearest, biases corrected', read: reads(corrected) },
    { weights: '3 bits, learned', read: reads(learned) },
  ],
  { title: `The light reader, of ${tray.count} images` },
);
