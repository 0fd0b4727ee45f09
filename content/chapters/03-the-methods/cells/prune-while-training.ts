const old = await openModel('lenet-300-100');
const lessons = await openDataset('mnist-train', { count: 2000 });
const images = tf.tensor2d(lessons.images, [lessons.count, 784]);
const answers = tf.oneHot(tf.tensor1d(Array.from(lessons.labels), 'int32'), 10).toFloat();

const nineteenInTwenty = new sparsity.PolynomialDecay({
  initialSparsity: 0,
  finalSparsity: 0.95,
  beginStep: 0,
  endStep: 80, // 40 steps an epoch: two epochs of pruning, and one to heal
  frequency: 8,
});
const layers = { dense_1: nineteenInTwenty, dense_2: nineteenInTwenty }; // logits is left alone
const wrapped = sparsity.pruneLowMagnitude(old, { pruningSchedule: layers });
wrapped.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });

let batches = 0;
const told = new tf.CustomCallback({ onBatchEnd: async () => progress(++batches, 120, 'batches') });
const summaries = new sparsity.PruningSummaries({ updateFreq: 8 });
await wrapped.fit(images, answers, {
  batchSize: 50,
  epochs: 3,
  verbose: 0,
  callbacks: [new sparsity.UpdatePruningStep(), summaries, told],
});

const stripped = sparsity.stripPruning(wrapped);
const atOneStroke = sparsity.magnitudePrune(old, { dense_1: 0.95, dense_2: 0.95 });

const first = summaries.records.filter(({ layer }) => layer === 'dense_1');
display.line(
  { 'zeros in dense_1': { x: first.map(({ step }) => step), y: first.map((record) => record.sparsity) } },
  { title: 'What the mask held', xLabel: 'step', yLabel: 'share of zeros' },
);
display.table(
  Object.entries({ 'as it was': old, 'at one stroke': atOneStroke, 'while it trained': stripped }).map(([pruned, model]) => ({
    pruned,
    zeros: sparsity.sparsityOf(model).zeros,
    'read correctly': reads(model),
    of: cards.count,
  })),
  { title: 'Nineteen in twenty of dense_1 and dense_2 struck out' },
);
console.log(`Numbers in the model: ${wrapped.countParams()} wrapped, ${stripped.countParams()} stripped.`);
