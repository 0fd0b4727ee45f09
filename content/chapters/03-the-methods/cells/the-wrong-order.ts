import { sparsity } from 'heavy-weights';

const shape = [800, 500];
const eightBits = { numBits: 8, symmetric: true, narrowRange: true };

// The three operations as one would first write them: each as if it were the only one.
const operations: Record<string, (kernel: Float32Array) => Float32Array> = {
  prune: (kernel) => {
    const kept = sparsity.magnitudeMask(kernel, 0.8).mask.dataSync();
    return kernel.map((weight, i) => weight * kept[i]!);
  },
  cluster: (kernel) => shared(clustering.kMeans(kernel, { numberOfClusters: 16 })),
  quantize: (kernel) => onGrid(kernel),
};

/** Rounded to int8, a scale for each of the 500 units, and brought back. */
function onGrid(kernel: Float32Array): Float32Array {
  const scales = numerics.chooseQuantizationParamsPerAxis(kernel, shape, 1, eightBits);
  return numerics.dequantize(numerics.quantize(kernel, scales), scales);
}

const orders = [
  ['prune', 'cluster', 'quantize'],
  ['prune', 'quantize', 'cluster'],
  ['cluster', 'prune', 'quantize'],
  ['cluster', 'quantize', 'prune'],
  ['quantize', 'prune', 'cluster'],
  ['quantize', 'cluster', 'prune'],
];
display.table(
  orders.map((order) => {
    const kernel = order.reduce((so, name) => operations[name]!(so), weights);
    const again = onGrid(kernel);
    const codes = kernel.filter((weight, i) => Math.abs(weight - again[i]!) <= 1e-5 * Math.abs(weight)).length;
    return {
      order: order.join(', '),
      zeros: kernel.filter((weight) => weight === 0).length,
      values: new Set(kernel).size,
      'int8 codes': `${((100 * codes) / kernel.length).toFixed(1)} %`,
      'SQNR, dB': numerics.sqnr(weights, kernel),
    };
  }),
  { title: 'Asked for: 320,000 zeros, 16 values, int8 codes throughout' },
);
