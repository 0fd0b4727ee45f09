const rows = model.layers
  .filter((layer) => layer.countParams() > 0) // softmax has nothing to store
  .map((layer) => {
    const [weights, biases] = layer.getWeights();
    return {
      layer: layer.name,
      weights: weights.shape.join(' × '),
      biases: biases.size,
      bytes: (weights.size + biases.size) * 4,
      'share (%)': Number(((100 * layer.countParams()) / parameters).toFixed(1)),
    };
  });

display.table(rows, { title: 'The model, layer by layer' });
display.bar(Object.fromEntries(rows.map((row) => [row.layer, row.bytes])), {
  title: 'Where the bytes are',
  yLabel: 'bytes',
});
