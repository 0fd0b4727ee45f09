/** The weights of the whole network, each with its layer. */
const everyone = worths.flatMap(({ layer, saliency }) => {
  const values = old
    .getLayer(layer)
    .getWeights()[0]!
    .dataSync() as Float32Array;
  return Array.from(values, (w, i) => ({
    layer,
    size: Math.abs(w),
    worth: saliency[i]!,
  }));
});
const half = everyone.length / 2;
const bySize = everyone.toSorted((a, b) => a.size - b.size);
const byWorth = everyone.toSorted(
  (a, b) => a.worth - b.worth || a.size - b.size,
);

const mean = (values: Float32Array) =>
  values.reduce((sum, v) => sum + v, 0) / values.length;
const share = (list: typeof everyone, layer: string, of: number) => {
  const own = list.filter((one) => one.layer === layer).length;
  return `${((100 * own) / of).toFixed(1)}%`;
};
display.table(
  worths.map(({ layer, h }) => ({
    layer,
    weights: h.length,
    'mean curvature': mean(h).toPrecision(2),
    'struck by size': share(bySize.slice(0, half), layer, h.length),
    'struck by worth': share(byWorth.slice(0, half), layer, h.length),
  })),
  { title: 'The lesser half of the whole network, in two orders' },
);

const nothing = everyone.filter(({ worth }) => worth === 0);
console.log(nothing.length, 'weights are worth nothing to these sheets;');
console.log(
  'the largest of them is',
  Math.max(...nothing.map(({ size }) => size)).toFixed(3),
);
const small = byWorth
  .slice(half)
  .reduce((least, { size }) => Math.min(least, size), 1);
console.log('the smallest weight in the better half is', small.toFixed(6));
