import { createRng } from 'heavy-weights';

// No factor passes a ReLU6, so it is replaced by a ReLU first; this gives a copy with its channels equalized.
const twin = quantization.crossLayerEqualization(light, { replaceReLU6: true });
const scores = (model: tf.LayersModel) => ({
  'in float': reads(model),
  '8 bits, one scale a layer': reads(quantization.fakeQuantizeWeights(model, { numBits: 8, granularity: 'per-tensor' })),
  '8 bits, one a channel': reads(quantization.fakeQuantizeWeights(model, { numBits: 8 })),
  '4 bits, one scale a layer': reads(quantization.fakeQuantizeWeights(model, { numBits: 4, granularity: 'per-tensor' })),
});
const table = [{ network: 'equalized', ...scores(twin) }];

// Every channel in a unit of its own: what makes it is multiplied, what reads it divided.
const rng = createRng(1895);
const spread = 100; // from the smallest unit to the largest
for (const [maker, reader] of [
  ['conv_1', 'depthwise_2'],
  ['conv_2_pointwise', 'depthwise_3'],
  ['conv_3_pointwise', 'depthwise_4'],
]) {
  const [made, bias] = twin.getLayer(maker).getWeights();
  const [read, shift] = twin.getLayer(reader).getWeights();
  const units = Float32Array.from({ length: bias.size }, () => spread ** (rng.uniform() - 0.5));
  twin.getLayer(maker).setWeights([made.mul(tf.tensor1d(units)), bias.mul(tf.tensor1d(units))]);
  twin.getLayer(reader).setWeights([read.div(tf.tensor2d(units, [bias.size, 1])), shift]);
}
table.push({ network: `units up to ${spread} apart`, ...scores(twin) });
table.push({ network: 'equalized again', ...scores(quantization.crossLayerEqualization(twin)) });
display.table(table, { title: `One function in three sets of units: read, of ${tray.count}` });
