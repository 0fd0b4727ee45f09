import { createRng } from 'heavy-weights';
import { progress } from 'heavy-weights/book';

const lessons = await openDataset('mnist-train', { count: 3200 });
const lines = tf.tensor2d(lessons.images, [lessons.count, 784]);
const answers = tf.oneHot(tf.tensor1d(Array.from(lessons.labels), 'int32'), 10).toFloat();
const unseen = tf.tensor2d(cards.images, [cards.count, 784]);

/** 784 inputs, 100 units, 10 scores; the seed draws its weights. */
function drawn(seed: number): tf.LayersModel {
  const { dense } = tf.layers;
  const hidden = dense({ units: 100, activation: 'relu', inputShape: [784], name: 'hidden' });
  const scores = dense({ units: 10, activation: 'softmax', name: 'scores' });
  const model = tf.sequential({ layers: [hidden, scores] });
  const rng = createRng(seed);
  hidden.setWeights([tf.tensor(rng.normals(78400, 0, 0.05), [784, 100]), tf.zeros([100])]);
  scores.setWeights([tf.tensor(rng.normals(1000, 0, 0.14), [100, 10]), tf.zeros([10])]);
  return model;
}

/** Two epochs; how many of the unseen cards are read after each. */
async function train(model: tf.LayersModel, label: string): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(1.2e-3), loss: 'categoricalCrossentropy' });
  const counts = [];
  for (const epoch of [1, 2]) {
    await model.fit(lines, answers, { batchSize: 64, epochs: 1, shuffle: false, verbose: 0 });
    const said = tf.tidy(() => (model.predict(unseen) as tf.Tensor).argMax(1).dataSync());
    counts.push(cards.labels.filter((label, i) => said[i] === label).length);
    progress(epoch, 2, label);
  }
  return counts;
}

const KEPT = 0.05;
const whole = drawn(1895);
const table = [{ network: 'whole', counts: await train(whole, 'whole') }];
const pruned = sparsity.magnitudePrune(whole, 1 - KEPT);
const beginnings = { 'its own beginning': drawn(1895), 'another beginning': drawn(1896) };
for (const [network, initial] of Object.entries(beginnings)) {
  const ticket = sparsity.rewind(pruned, initial); // the mask of one, the weights of the other
  table.push({ network, counts: await train(ticket, network) });
}
display.table(
  table.map(({ network, counts }) => ({
    network,
    'read after 50 batches': counts[0]!,
    'after 100': counts[1]!,
    of: cards.count,
  })),
  { title: `${100 * KEPT}% of the weights, trained from the start` },
);
