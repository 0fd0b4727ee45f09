const rows = [];
for (const units of [1, 2, 4, 8, 16, 32, 64]) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units, inputShape: [16] }));
  const inFloat = await TFLiteConverter.fromLayersModel(model).convert();
  const inEight = await inIntegers(model, function* () {
    yield tf.randomUniform([8, 16], -1, 1, 'float32', 1);
  });
  const { scales, rest } = takeApart(inEight);
  rows.push({
    units,
    weights: 16 * units,
    'float32, bytes': inFloat.length,
    'int8, bytes': inEight.length,
    'of these not numbers': rest + 12 * scales,
    saved: inFloat.length - inEight.length,
  });
}
display.table(rows, { title: 'One dense layer with 16 inputs, as a file' });
