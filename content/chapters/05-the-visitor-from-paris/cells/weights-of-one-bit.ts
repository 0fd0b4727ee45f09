const retired = await openModel('lenet-300-100');
const lessons = await openDataset('mnist-train', { count: 4800 });
const unseen = await openDataset('mnist-test', { count: 1000 });
const lines = tf.tensor2d(lessons.images, [lessons.count, 784]);
const cards = tf.tensor2d(unseen.images, [unseen.count, 784]);

// The weights that learn are floats; the network is given their signs.
const layers = ['dense_1', 'dense_2', 'logits'].map((name) => {
  const [kernel, bias] = retired.getLayer(name).getWeights();
  return { kernel: tf.variable(kernel!), bias: tf.variable(bias!) };
});
/** A sign for each weight and a size for each unit; the gradient goes straight through. */
const bySign = tf.customGrad((w) => {
  const size = tf.abs(w as tf.Tensor).mean(0);
  const value = tf.where(tf.greaterEqual(w as tf.Tensor, 0), size, size.neg());
  return { value, gradFunc: (dy: tf.Tensor) => dy };
});
function scores(x: tf.Tensor2D): tf.Tensor2D {
  let values = x;
  layers.forEach(({ kernel, bias }, i) => {
    const sums = values.matMul(bySign(kernel) as tf.Tensor2D).add(bias);
    values = (i < 2 ? sums.relu() : sums) as tf.Tensor2D;
  });
  return values;
}
function readsBySign(): number {
  const answers = tf.tidy(() => scores(cards).argMax(1).dataSync());
  return unseen.labels.filter((label, i) => answers[i] === label).length;
}

const rows = [{ steps: 0, read: readsBySign() }];
const optimizer = tf.train.adam(0.001);
const STEPS = 75; // of 64 sheets each: once through the lessons
for (let step = 0; step < STEPS; step++) {
  tf.tidy(() => {
    const labels = Array.from(lessons.labels.slice(64 * step, 64 * step + 64));
    const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
    const x = lines.slice([64 * step, 0], [64, 784]);
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(wanted, scores(x)));
  });
  progress(step + 1, STEPS, 'steps');
  if ((step + 1) % 25 === 0) rows.push({ steps: step + 1, read: readsBySign() });
  await tf.nextFrame();
}
display.table(rows, { title: `One bit a weight, of ${unseen.count} cards` });
