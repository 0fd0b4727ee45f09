const light = await openModel('depthwise-net');
const folded = quantization.foldBatchNorm(light);
const tray = await openDataset('mnist-test', { count: 500 });
const trayPixels = tf.tensor4d(tray.images, tray.shape);

function reads(model: tf.LayersModel): number {
  const readings = tf.tidy(() => (model.predict(trayPixels) as tf.Tensor).argMax(1).dataSync());
  return tray.labels.filter((label, i) => readings[i] === label).length;
}

/** The largest weight of each channel of a depthwise layer. */
const channelReach = (layer: string) => folded.getLayer(layer).getWeights()[0].abs().max([0, 1, 3]).dataSync();
const depthwise = ['depthwise_2', 'depthwise_3', 'depthwise_4'];

display.table(
  depthwise.map((layer) => {
    const reach = channelReach(layer);
    const ratio = Math.max(...reach) / Math.min(...reach);
    return {
      layer,
      filters: reach.length,
      'smallest reach': Number(Math.min(...reach).toFixed(3)),
      'largest reach': Number(Math.max(...reach).toFixed(3)),
      ratio: Number(ratio.toFixed(1)),
      'bits it costs the smallest': Number(Math.log2(ratio).toFixed(1)),
    };
  }),
  { title: 'How far the filters of a layer reach' },
);
display.bar(Object.fromEntries(Array.from(channelReach('depthwise_3'), (r, c) => [c + 1, r])), {
  title: 'The largest weight of each filter of depthwise_3',
  xLabel: 'filter',
});

display.table(
  [8, 6, 5, 4].map((numBits) => ({
    bits: numBits,
    'one scale a layer': reads(quantization.fakeQuantizeWeights(folded, { numBits, granularity: 'per-tensor' })),
    'one scale a channel': reads(quantization.fakeQuantizeWeights(folded, { numBits, granularity: 'per-channel' })),
    of: tray.count,
  })),
  { title: `Weights rounded; in float ${reads(folded)} of ${tray.count} are read` },
);
