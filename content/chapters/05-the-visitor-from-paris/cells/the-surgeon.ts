import { sparsity } from 'heavy-weights';
import { progress } from 'heavy-weights/book';

/** The last layer as a network of its own. */
function lastLayer(activation: 'softmax' | 'linear'): tf.LayersModel {
  const layer = tf.layers.dense({
    units: 10,
    inputShape: [100],
    activation,
    name: 'logits',
  });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights(logits.getWeights());
  return model;
}

const head = lastLayer('softmax');
const few = await readings('mnist-train', 0, 200);
const others = await readings('mnist-train', 2000, 2000);
const oneHot = ({ labels }: { labels: Uint8Array }) =>
  tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), 10).toFloat();
const [fewAnswers, otherAnswers] = [oneHot(few), oneHot(others)];

const lossOf = (model: tf.LayersModel) =>
  tf.tidy(() => {
    const right = (model.predict(others.x, { batchSize: 500 }) as tf.Tensor)
      .mul(otherAnswers)
      .sum(1);
    return -right.maximum(1e-30).log().mean().dataSync()[0]!;
  });

const whole = lossOf(head);
const worths = sparsity.obdSaliency(head, few.x, fewAnswers);
const rows = [];
for (const gone of [0.5, 0.7]) {
  const surgery = sparsity.optimalBrainSurgeon(head, few.x, fewAnswers, {
    remove: gone,
  });
  rows.push({
    deleted: `${100 * gone}%`,
    'by size': lossOf(sparsity.magnitudePrune(head, gone)) - whole,
    'by saliency': lossOf(sparsity.obdPrune(head, worths, gone)) - whole,
    'by the surgeon': lossOf(surgery.model) - whole,
  });
  progress(rows.length, 2, `${100 * gone}% deleted`);
}
display.table(rows, {
  title: `The last layer: rise of a loss of ${whole.toFixed(4)}, other sheets`,
});
