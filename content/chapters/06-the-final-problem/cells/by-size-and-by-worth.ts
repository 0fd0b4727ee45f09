const sheets = await openDataset('mnist-train', { count: 500 });
const cards = await openDataset('mnist-test', { count: 1000 });

/** What each channel varies by, times the weights that read it. */
function worthOf(layer: string, reader: string): Float32Array {
  const worth = tf.tidy(() => {
    const outputs = heavy.getLayer(layer).output as tf.SymbolicTensor;
    const probe = tf.model({ inputs: heavy.inputs, outputs });
    const said = probe.predict(
      tf.tensor4d(sheets.images, sheets.shape),
    ) as tf.Tensor;
    const channels = said.shape.at(-1)!;
    const { variance } = tf.moments(said.reshape([-1, channels]), 0);
    const kernel = heavy.getLayer(reader).getWeights()[0]!;
    const read = kernel.reshape([-1, channels, kernel.shape.at(-1)!]);
    return variance.mul(read.square().sum([0, 2])).sqrt();
  });
  return worth.dataSync() as Float32Array;
}

const worth = {
  conv_1: worthOf('conv_1', 'conv_2'),
  conv_2: worthOf('conv_2', 'dense_1'),
  dense_1: worthOf('dense_1', 'logits'),
};

function reads(model: tf.LayersModel): number {
  const said = tf.tidy(() => {
    const pictures = tf.tensor4d(cards.images, cards.shape);
    return (model.predict(pictures) as tf.Tensor).argMax(1).dataSync();
  });
  return cards.labels.filter((label, i) => said[i] === label).length;
}

const lines = { 'by size': [] as number[], 'by worth': [] as number[] };
const shares = [0, 0.3, 0.45, 0.6, 0.75];
for (const share of shares) {
  for (const name of ['by size', 'by worth'] as const) {
    const { model } = sparsity.pruneChannels(heavy, {
      sparsity: { dense_1: share },
      criterion: name === 'by size' ? 'l2' : { dense_1: worth.dense_1 },
    });
    lines[name].push(reads(model));
    model.dispose();
  }
}
display.table(
  shares.map((share, i) => ({
    'cut of dense_1': `${Math.round(100 * share)}%`,
    'by size': lines['by size'][i]!,
    'by worth': lines['by worth'][i]!,
    of: cards.count,
  })),
  { title: 'Read with nothing taught again' },
);
