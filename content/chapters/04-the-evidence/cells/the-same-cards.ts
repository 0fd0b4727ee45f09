const sheets = await openDataset('mnist-train', { count: 100 });
const light = await openModel('depthwise-net');
const readers: Record<string, evaluation.Predictor> = {
  'the heavy model in int8': await quantization.quantizePostTraining(heavy, {
    mode: 'int8',
    representativeDataset: function* () {
      yield tf.tensor4d(sheets.images, sheets.shape);
    },
  }),
  'the heavy model, weights in 3 bits': quantization.fakeQuantizeWeights(heavy, { numBits: 3 }),
  'the light reader in float': light,
};

const percent = (rate: number) => `${(100 * rate).toFixed(2)}%`;
display.table(
  Object.entries({ 'the heavy model in float': heavy, ...readers }).map(([name, reader]) => {
    const readings = reader === heavy ? inFloat : readingsOf(reader, name);
    const right = countRight(readings);
    const { low, high } = evaluation.wilsonInterval(right, cards.count);
    // Card by card: what the heavy model alone reads is lost, what the other alone reads is gained.
    const { onlyFirst, onlySecond, pValue } = evaluation.mcNemar(inFloat, readings, written);
    return {
      reader: name,
      read: right,
      '95% from': percent(low),
      '95% to': percent(high),
      lost: onlyFirst,
      gained: onlySecond,
      p: Number(pValue.toFixed(4)),
    };
  }),
  { title: 'The same two thousand cards, against the heavy model in float' },
);
