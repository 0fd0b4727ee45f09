import { compression, tf } from 'heavy-weights';

/** A model of one layer, which the ledger can weigh. */
function layerWith(kernel: Float32Array): tf.LayersModel {
  const layer = tf.layers.dense({ units: 500, inputShape: [800], useBias: false });
  const model = tf.sequential({ layers: [layer] });
  layer.setWeights([tf.tensor2d(kernel, [800, 500])]);
  return model;
}

display.table(
  [4, 16, 256].map((k) => {
    const clusters = clustering.kMeans(weights, { numberOfClusters: k, init: 'LINEAR', iterations: 20 });
    const kernel = shared(clusters);
    const ledger = new Map(compression.sizeLedger(layerWith(kernel)).map((row) => [row.name, row.bytes]));
    return {
      values: k,
      'SQNR, dB': numerics.sqnr(weights, kernel),
      'by the formula': Math.ceil((weights.length * Math.log2(k)) / 8) + 4 * k,
      'with a codebook': ledger.get('clustered')!,
      'as it lies in the flash': ledger.get('float32')!,
      'gzipped': ledger.get('gzip')!,
    };
  }),
  { title: 'The bytes of dense_1 with few values' },
);
