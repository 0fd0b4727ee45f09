import { clustering, numerics } from 'heavy-weights';
import { display, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const weights = heavy.getLayer('dense_1').getWeights()[0]!.dataSync() as Float32Array;

/** The weights with each one replaced by its centroid. */
const shared = ({ centroids, indices }: { centroids: Float32Array; indices: Int32Array }) =>
  Float32Array.from(indices, (index) => centroids[index]!);

const grid = { numBits: 4, symmetric: true, narrowRange: true };
const even = numerics.chooseQuantizationParams(numerics.minMax(weights), grid);
const rows = [{
  values: 'even, 4 bits',
  steps: 0,
  'SQNR, dB': numerics.sqnr(weights, numerics.dequantize(numerics.quantize(weights, even), even)),
}];
for (const init of ['LINEAR', 'KMEANS_PLUS_PLUS'] as const) {
  for (const iterations of [0, 10, 100]) {
    const clusters = clustering.kMeans(weights, { numberOfClusters: 16, init, iterations });
    rows.push({ values: `16, from ${init}`, steps: iterations, 'SQNR, dB': numerics.sqnr(weights, shared(clusters)) });
  }
}
display.table(rows, { title: `Sixteen values for ${weights.length.toLocaleString('en-GB')} weights` });

const sixteen = clustering.kMeans(weights, { numberOfClusters: 16, init: 'LINEAR' });
const order = [...sixteen.centroids.keys()].sort((a, b) => sixteen.centroids[a]! - sixteen.centroids[b]!);
display.bar(
  Object.fromEntries(
    order.map((k) => [sixteen.centroids[k]!.toFixed(3), sixteen.indices.filter((index) => index === k).length]),
  ),
  { title: 'How many weights share each value', xLabel: 'value' },
);
