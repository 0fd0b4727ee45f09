import { progress } from 'heavy-weights/book';

const cards = await openDataset('mnist-test', { count: 500 });
const pictures = tf.tensor4d(cards.images, cards.shape);

/** Codes, a scale for each channel, biases. */
const bytesOf = (model: tf.LayersModel, bits: number) =>
  model.weights.reduce((sum, { shape }) => {
    const size = shape.reduce<number>((product, side) => product * side!, 1);
    const scales = bits < 32 ? 4 * size : 0; // as many as there are biases
    const isKernel = shape.length > 1;
    return sum + (isKernel ? Math.ceil((size * bits) / 8) : 4 * size + scales);
  }, 0);

const tried = [];
for (const name of ['lenet-5', 'bn-cnn', 'depthwise-net']) {
  const folded = quantization.foldBatchNorm(await openModel(name));
  const { macs } = evaluation.modelCost(folded);
  for (const numBits of [32, 8, 4, 3, 2]) {
    const rounded =
      numBits === 32
        ? folded
        : quantization.fakeQuantizeWeights(folded, { numBits });
    const answers = tf.tidy(() =>
      (rounded.predict(pictures) as tf.Tensor).argMax(1).dataSync(),
    );
    const read = cards.labels.filter((label, i) => answers[i] === label).length;
    const bytes = bytesOf(folded, numBits);
    tried.push({ network: name, bits: numBits, bytes, macs, read });
    progress(tried.length, 15, `${name}, ${numBits} bits`);
  }
}

const front = evaluation.pareto(tried, [
  { of: ({ bytes }) => bytes, best: 'least' },
  { of: ({ macs }) => macs, best: 'least' },
  { of: ({ read }) => read, best: 'most' },
]);
display.table(
  tried
    .toSorted((a, b) => a.bytes - b.bytes)
    .map((way) => ({
      network: way.network,
      'bits a weight': way.bits,
      bytes: way.bytes,
      multiplications: way.macs,
      'read, of 500': way.read,
      'beaten by': front.includes(way)
        ? 'none'
        : front.find((other) => beats(other, way))!.network,
    })),
  { title: 'Fifteen ways, the lightest first' },
);
console.log(`${front.length} of ${tried.length} are beaten by no other.`);

type Way = (typeof tried)[number];
function beats(a: Way, b: Way) {
  return a.bytes <= b.bytes && a.macs <= b.macs && a.read >= b.read;
}
