import { quantization } from 'heavy-weights';
import { openDataset, openModel, progress } from 'heavy-weights/book';

const bits = 3; // try 2, and 200 steps
const steps = 60;
const batch = 64;

const model = await openModel('lenet-300-100');
const exam = await openDataset('mnist-test', { count: 1000 });
const lessons = await openDataset('mnist-train', { count: steps * batch });
const examImages = tf.tensor2d(exam.images, [exam.count, 784]);
const lessonImages = tf.tensor2d(lessons.images, [lessons.count, 784]);
const answers = tf.oneHot(tf.tensor1d(Array.from(lessons.labels), 'int32'), 10);

function readsRightly(reader: tf.LayersModel): number {
  const readings = (reader.predict(examImages) as tf.Tensor).argMax(1).dataSync();
  return exam.labels.filter((label, i) => readings[i] === label).length;
}

const after = quantization.fakeQuantizeWeights(model, { numBits: bits, granularity: 'per-tensor' });
const pupil = quantization.quantizeModel(model, { weightBits: bits }); // activations in 8 bits
await quantization.calibrateRangesInPlace(pupil, () => [lessonImages.slice(0, 200)]);
pupil.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });

const losses: number[] = [];
for (let step = 0; step < steps; step++) {
  const images = lessonImages.slice(step * batch, batch);
  const wanted = answers.slice(step * batch, batch);
  losses.push((await pupil.trainOnBatch(images, wanted)) as number);
  tf.dispose([images, wanted]);
  progress(step + 1, steps, `loss ${losses.at(-1)!.toFixed(3)}`);
}

display.line({ loss: losses }, { title: `Learning in ${bits} bits`, xLabel: 'batch', yLabel: 'loss' });
display.table(
  [
    { model: 'in float', 'read rightly': readsRightly(model) },
    { model: `rounded to ${bits} bits`, 'read rightly': readsRightly(after) },
    { model: `trained in ${bits} bits`, 'read rightly': readsRightly(pupil) },
  ],
  { title: `Of ${exam.count} digits` },
);
