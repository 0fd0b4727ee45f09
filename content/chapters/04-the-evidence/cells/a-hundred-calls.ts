import { evaluation, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const sheet = await openDataset('mnist-test', { count: 1 });
const digit = tf.tensor4d(sheet.images, sheet.shape);

/** One reading; dataSync waits until the answer is there. */
const read = () => {
  const scores = heavy.predict(digit) as tf.Tensor;
  scores.dataSync();
  scores.dispose();
};

const calls = Array.from({ length: 100 }, () => {
  const start = performance.now();
  read();
  return performance.now() - start;
});
display.line(
  { 'each call': calls },
  { title: 'A hundred readings, one after another', yLabel: 'ms' },
);

const sorted = calls.toSorted((a, b) => a - b);
const mean = calls.reduce((sum, time) => sum + time, 0) / calls.length;
const { median, interval } = await evaluation.benchmark(read);
display.table(
  Object.entries({
    'the first': calls[0]!,
    'the slowest': sorted.at(-1)!,
    'the mean of all': mean,
    'the median of all': (sorted[49]! + sorted[50]!) / 2,
    'the quickest': sorted[0]!,
    'median after a warm-up': median,
    '… its interval from': interval.low,
    '… to': interval.high,
  }).map(([which, time]) => ({ which, ms: time.toFixed(3) })),
);
