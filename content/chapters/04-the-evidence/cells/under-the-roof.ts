import { quantization } from 'heavy-weights';

// Try a machine of your own: operations a second that it does, bytes a second
// that its memory can give.
const machine = { peakOperations: 100e9, bandwidth: 10e9 };

const drawer = await openDataset('mnist-train', { count: 50 });
const small = await quantization.quantizePostTraining(heavy, {
  mode: 'int8',
  representativeDataset: function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  },
});

for (const [form, network] of Object.entries({ float32: heavy, int8: small })) {
  const { operators } = evaluation.modelCost(network);
  const rows = operators
    .filter(({ macs }) => macs > 0)
    .map(({ name, macs, weightBytes, activationBytes }) => {
      const bytes = weightBytes + activationBytes;
      const work = { operations: 2 * macs, bytes, ...machine };
      return { name, macs, bytes, ...evaluation.roofline(work) };
    });
  display.table(
    rows.map(({ name, macs, bytes, intensity, boundBy, seconds }) => ({
      layer: name,
      multiplications: macs,
      bytes,
      'operations a byte': intensity.toFixed(2),
      'held back by': boundBy === 'memory' ? 'memory' : 'arithmetic',
      'at least, µs': (1e6 * seconds).toFixed(2),
    })),
    { title: `The heavy model in ${form}, under the roof` },
  );
  const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`${form}: ${(1e6 * total).toFixed(1)} µs at least.`);
}
