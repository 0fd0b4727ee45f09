import { sparsity, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const old = await openModel('lenet-300-100');
const sheets = await openDataset('mnist-train', { count: 2000 });
const pixels = tf.tensor2d(sheets.images, [sheets.count, 784]);
const answers = tf.oneHot(
  tf.tensor1d(Int32Array.from(sheets.labels), 'int32'),
  10,
);

/** Mean cross-entropy over the sheets, in nats. */
function lossOf(model: tf.LayersModel): number {
  return tf.tidy(() => {
    const given = model.predict(pixels, { batchSize: 500 }) as tf.Tensor;
    const right = given.mul(answers).sum(1).maximum(1e-30);
    return -right.log().mean().dataSync()[0]!;
  });
}

const whole = lossOf(old);
const worths = sparsity.obdSaliency(old, pixels, answers); // h and h·w²/2
const { h, saliency, gradient } = worths.find(
  ({ layer }) => layer === 'logits',
)!;
const [kernel, bias] = old.getLayer('logits').getWeights();
const weights = kernel!.dataSync().slice() as Float32Array;

/** By how much the loss rises if weight q alone is moved. */
function rise(q: number, by: number): number {
  const moved = weights.slice();
  moved[q]! += by;
  const layer = old.getLayer('logits');
  const put = (values: Float32Array) =>
    layer.setWeights([tf.tensor(values, kernel!.shape), bias!]);
  put(moved);
  const risen = lossOf(old) - whole;
  put(weights);
  return risen;
}

const placeOfMost = (values: Float32Array) =>
  values.reduce((best, v, q) => (v > values[best]! ? q : best), 0);
const [largest, salient] = [
  placeOfMost(weights.map(Math.abs)),
  placeOfMost(saliency),
];
const row = (weight: string, q: number) => ({
  weight,
  w: weights[q]!,
  curvature: h[q]!,
  saliency: saliency[q]!,
  'slope times step': -gradient[q]! * weights[q]!,
  'measured, deleted': rise(q, -weights[q]!),
});
display.table([row('the largest', largest), row('the most salient', salient)], {
  title: 'Two weights of the last layer, and the loss without each',
});

const steps = Array.from(
  { length: 9 }, (_, i) => (i / 8) * -weights[salient]!,
);
const bend = (by: number) => (h[salient]! * by ** 2) / 2;
display.line(
  {
    measured: { x: steps, y: steps.map((by) => rise(salient, by)) },
    'curvature alone': { x: steps, y: steps.map(bend) },
    'slope and curvature': {
      x: steps,
      y: steps.map((by) => gradient[salient]! * by + bend(by)),
    },
  },
  {
    title: 'Leaning on the most salient weight until it is gone',
    xLabel: 'moved by',
    yLabel: 'rise of the loss, nats',
  },
);
