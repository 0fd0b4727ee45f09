import { progress } from 'heavy-weights/book';

const bits = 3; // try 8, 4 and 2
const layer = 'relu_2_pointwise';

const seen = await Promise.all(
  Object.entries(observers).map(async ([name, observer]) => {
    const found = await calibration.calibrateActivations(folded, () => sheetsOf(drawer.images), { layers: [layer], observer });
    return [name, found.get(layer).range({ numBits: bits }).max] as const;
  }),
);

// The network in two parts, cut behind that layer.
const at = folded.layers.findIndex(({ name }) => name === layer);
const front = tf.model({ inputs: folded.inputs, outputs: folded.layers[at].output as tf.SymbolicTensor });
const entry = tf.input({ shape: folded.layers[at].outputShape.slice(1) as number[] });
const rest = folded.layers.slice(at + 1).reduce((x, next) => next.apply(x) as tf.SymbolicTensor, entry);
const back = tf.model({ inputs: entry, outputs: rest });

const cards = await openDataset('mnist-test', { count: 500 });
const between = front.predict(tf.tensor4d(cards.images, cards.shape)) as tf.Tensor;

/** How many cards are read when what passes the cut is clipped here and rounded. */
function readsClipped(clip: number): number {
  const step = clip / (2 ** bits - 1);
  return tf.tidy(() => {
    const rounded = between.div(step).round().clipByValue(0, 2 ** bits - 1).mul(step);
    const readings = (back.predict(rounded) as tf.Tensor).argMax(1).dataSync();
    return cards.labels.filter((label, i) => readings[i] === label).length;
  });
}

const clips = [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 12, 15, 20];
const right = clips.map((clip, i) => {
  progress(i + 1, clips.length, `clip at ${clip}`);
  return readsClipped(clip);
});
display.line({ [`${bits} bits`]: { x: clips, y: right } }, { title: 'Accuracy under a clip', xLabel: 'clip', yLabel: `read, of ${cards.count}` });
display.table(
  seen.map(([observer, clip]) => ({ observer, clip: Number(clip.toFixed(2)), 'read correctly': readsClipped(clip), of: cards.count })),
  { title: `What the five would choose, at ${bits} bits` },
);
