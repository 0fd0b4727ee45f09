import { quantization } from 'heavy-weights';

// The press of 4.4: operations a second, bytes a second. With 2:4 it does twice the operations.
const press = { peakOperations: 100e9, bandwidth: 10e9 };
const BITS_OF_A_FOUR = { whole: 4 * 8, pruned: 2 * 8 + 2 * 2 };

const drawer = await openDataset('mnist-train', { count: 50 });
const inEight = await quantization.quantizePostTraining(heavy, {
  mode: 'int8',
  representativeDataset: function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  },
});

const rows = evaluation
  .modelCost(inEight)
  .operators.filter(({ macs }) => macs > 0)
  .map(({ name, macs, weightBytes, activationBytes }) => {
    const inFours = !name.startsWith('conv_1'); // a single input channel has no fours
    const share = inFours ? BITS_OF_A_FOUR.pruned / BITS_OF_A_FOUR.whole : 1;
    const time = (bytes: number, faster: number) =>
      1e6 *
      evaluation.roofline({
        operations: 2 * macs,
        bytes: bytes + activationBytes,
        peakOperations: press.peakOperations * faster,
        bandwidth: press.bandwidth,
      }).seconds;
    const [before, after] = [time(weightBytes, 1), time(share * weightBytes, inFours ? 2 : 1)];
    return { layer: name, before, after };
  });

const sum = (of: 'before' | 'after') => rows.reduce((total, row) => total + row[of], 0);
const all = { layer: 'all four', before: sum('before'), after: sum('after') };
display.table(
  [...rows, all].map(({ layer, before, after }) => ({
    layer,
    'whole, µs': before.toFixed(2),
    'two in four, µs': after.toFixed(2),
    'times quicker': (before / after).toFixed(2),
  })),
  { title: 'The heavy model in int8, on a press that knows 2:4' },
);
