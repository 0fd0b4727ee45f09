// The scores of the heavy model before its softmax, for the first cards.
const scores = tf.tidy(() => {
  const before = heavy.layers.slice(0, -1);
  return before.reduce((values, layer) => layer.apply(values) as tf.Tensor, pictures as tf.Tensor);
});
const all = scores.arraySync() as number[][];

// The card whose second figure comes nearest to its first.
const margins = all.map((row) => {
  const [first = 0, second = 0] = [...row].sort((a, b) => b - a);
  return first - second;
});
const card = margins.indexOf(Math.min(...margins));
display.image(
  { data: cards.images.subarray(784 * card, 784 * (card + 1)), width: 28, height: 28 },
  { title: `Card ${card}, labelled ${cards.labels[card]}` },
);

const softened = (temperature: number) =>
  tf.tidy(() => tf.softmax(tf.tensor1d(all[card]!).div(temperature)).dataSync());
const [plain, four, twenty] = [1, 4, 20].map(softened);
display.table(
  all[card]!.map((score, figure) => ({
    figure,
    score: score.toFixed(1),
    'T = 1': plain![figure]!.toFixed(4),
    'T = 4': four![figure]!.toFixed(3),
    'T = 20': twenty![figure]!.toFixed(3),
  })),
  { title: 'One card, three temperatures' },
);
