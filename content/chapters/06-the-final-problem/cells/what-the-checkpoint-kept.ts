import { training } from 'heavy-weights';
import { display, progress } from 'heavy-weights/book';

const day = await openDataset('mnist-train', { count: 2000 });
const dayImages = tf.tensor2d(day.images, [day.count, 784]);
const dayAnswers = tf.oneHot(Array.from(day.labels), 10).toFloat();
const judge = await openDataset('mnist-test', { count: 1000 });
const judged = tf.tensor2d(judge.images, [judge.count, 784]);
const judgedAnswers = tf.oneHot(Array.from(judge.labels), 10).toFloat();

const pupil = wrapped(
  new sparsity.PolynomialDecay({
    initialSparsity: 0.5,
    finalSparsity: 0.95,
    beginStep: 90, // of 160: in the third epoch
    endStep: 140,
    frequency: 10,
  }),
);
pupil.compile({
  optimizer: tf.train.adam(0.001),
  loss: 'categoricalCrossentropy',
  metrics: ['accuracy'],
});
const keeper = new training.ModelCheckpoint({ monitor: 'val_loss' });
const diary: Record<string, number>[] = [];
const onEpochEnd = async (epoch: number, logs: tf.Logs = {}) => {
  diary.push({
    epoch: epoch + 1,
    'zeros, %': Math.round(100 * sparsity.sparsityOf(pupil).sparsity),
    'validation loss': Number(Number(logs.val_loss).toFixed(4)),
    'read, %': Number((100 * Number(logs.val_acc)).toFixed(1)),
  });
  progress(epoch + 1, 4, 'epochs');
};
await pupil.fit(dayImages, dayAnswers, {
  epochs: 4,
  batchSize: 50,
  shuffle: false,
  validationData: [judged, judgedAnswers],
  callbacks: [
    new sparsity.UpdatePruningStep(),
    keeper,
    new tf.CustomCallback({ onEpochEnd }, 'never'),
  ],
  verbose: 0,
  yieldEvery: 'never',
});
display.table(diary, { title: 'The retired model, by epochs' });

const lastZeros = sparsity.sparsityOf(sparsity.stripPruning(pupil)).zeros;
keeper.restore();
const keptZeros = sparsity.sparsityOf(sparsity.stripPruning(pupil)).zeros;
console.log(`Zeros at the end: ${lastZeros}.`);
const kept = keeper.bestEpoch + 1;
console.log(`Zeros in epoch ${kept}, which was kept: ${keptZeros}.`);
