import { clustering, compression, sparsity } from 'heavy-weights';

/** Sixteen values for every kernel; a zero stays zero. */
function withSixteenValues(model: tf.LayersModel): tf.LayersModel {
  for (const layer of model.layers) {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) continue;
    const { centroids, indices } = clustering.kMeans(kernel, {
      numberOfClusters: 16,
      init: 'LINEAR',
      iterations: 20,
      preserveSparsity: true,
    });
    const values = Float32Array.from(indices, (i) => centroids[i]!);
    layer.setWeights([tf.tensor(values, kernel.shape), bias]);
  }
  return model;
}

// What becomes of the reading is another matter: see 3.5.
const forms = {
  'as trained': heavy,
  'nine tenths zeros': sparsity.magnitudePrune(heavy, 0.9),
  'and sixteen values': withSixteenValues(sparsity.magnitudePrune(heavy, 0.9)),
};
const ledgers = Object.entries(forms).map(([form, model]) => ({
  form,
  rows: compression.sizeLedger(model),
}));
display.table(
  ledgers[0]!.rows.map(({ name, note }, way) => ({
    way: name,
    ...Object.fromEntries(
      ledgers.map(({ form, rows }) => [form, rows[way]!.bytes]),
    ),
    'what is written': note,
  })),
  { title: 'The heavy model, bytes' },
);
