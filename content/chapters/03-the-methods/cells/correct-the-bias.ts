const drawer = await openDataset('mnist-train', { count: 256 });
function* sheets() {
  yield tf.tensor4d(drawer.images, drawer.shape);
}

const rounded = quantization.fakeQuantizeWeights(folded, { numBits: 4, granularity: 'per-tensor' });
const corrected = await quantization.biasCorrection(folded, rounded, sheets);

/** By how much each channel of a layer is wrong on average over the sheets. */
function shiftOf(model: tf.LayersModel, layer: string): ArrayLike<number> {
  const upTo = (from: tf.LayersModel) =>
    tf.model({ inputs: from.inputs, outputs: from.getLayer(layer).output as tf.SymbolicTensor });
  return tf.tidy(() => {
    const pixels = tf.tensor4d(drawer.images, drawer.shape);
    const [right, given] = [folded, model].map((from) => upTo(from).predict(pixels) as tf.Tensor);
    return given.sub(right).mean([0, 1, 2]).dataSync();
  });
}
for (const [name, model] of Object.entries({ 'rounded to 4 bits': rounded, 'bias corrected': corrected })) {
  const shifts = shiftOf(model, 'depthwise_3');
  display.bar(Object.fromEntries(Array.from(shifts, (shift, c) => [c + 1, shift])), {
    title: `Mean error of each channel of depthwise_3, ${name}`,
    xLabel: 'channel',
  });
}

const perChannel = quantization.fakeQuantizeWeights(folded, { numBits: 4 });
const perChannelCorrected = await quantization.biasCorrection(folded, perChannel, sheets);
display.table(
  [
    { '4-bit weights': 'one scale a layer', nearest: reads(rounded), 'bias corrected': reads(corrected), of: tray.count },
    { '4-bit weights': 'one scale a channel', nearest: reads(perChannel), 'bias corrected': reads(perChannelCorrected), of: tray.count },
  ],
  { title: 'What the biases take back' },
);
