import { compression, evaluation, quantization } from 'heavy-weights';
import { saveModel, sparsity, tf, TFLiteConverter, training } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

// 1. Load the model, the lessons and the cards
const model = await openModel('lenet-5'); // original_model.h5
const lessons = await openDataset('mnist-train', { count: 15_000 });
const cards = await openDataset('mnist-test', { count: 10_000 });
const xTrain = tf.tensor4d(lessons.images, lessons.shape);
const yTrain = tf.oneHot(Array.from(lessons.labels), 10).toFloat();
const xTest = tf.tensor4d(cards.images, cards.shape);
const yTest = tf.oneHot(Array.from(cards.labels), 10).toFloat();

// 2. Eight bits, after training
function* representativeDataset() {
  yield xTrain.slice(0, 200);
}
function inEightBits(some: tf.LayersModel): Promise<Uint8Array> {
  const converter = TFLiteConverter.fromLayersModel(some);
  converter.optimizations = ['DEFAULT'];
  converter.representativeDataset = representativeDataset;
  return converter.convert();
}
const originalFile = await inEightBits(model);

// 3. The schedule of the pruning
const pruningSchedule = new sparsity.PolynomialDecay({
  initialSparsity: 0.5,
  finalSparsity: 0.9,
  beginStep: 1000,
  endStep: 2000,
});

// 4. Wrap the model
const prunedModel = sparsity.pruneLowMagnitude(model, { pruningSchedule });

// 5. Compile it
prunedModel.compile({
  optimizer: tf.train.adam(0.001),
  loss: 'categoricalCrossentropy',
  metrics: ['accuracy'],
});

// 6. The callbacks
let step = 0;
const onBatchEnd = async () => progress(++step, 5 * 469, 'steps');
const onEpochEnd = async (epoch: number, logs: tf.Logs = {}) => {
  const zeros = sparsity.sparsityOf(prunedModel).sparsity;
  const read = 100 * Number(logs.val_acc);
  const line = `zeros ${zeros.toFixed(3)}, read ${read.toFixed(1)}%`;
  console.log(`epoch ${epoch + 1}: ${line}`);
};
const checkpoint = new training.ModelCheckpoint({ monitor: 'val_loss' });
const callbacks = [
  new sparsity.UpdatePruningStep(),
  checkpoint,
  new tf.CustomCallback({ onBatchEnd, onEpochEnd }, 'never'),
];

// 7. Train it for five epochs
await prunedModel.fit(xTrain, yTrain, {
  epochs: 5,
  batchSize: 32,
  shuffle: false, // so that your numbers can be ours
  validationData: [xTest.slice(0, 1000), yTest.slice(0, 1000)],
  callbacks,
  verbose: 0,
  yieldEvery: 'never',
});

// 8. Take the wrapper off
const finalModel = sparsity.stripPruning(prunedModel);

// 9. Save the final model
display.file('final_model.h5', await saveModel(finalModel, 'final_model.h5'));

// 10. Convert it
const finalFile = await inEightBits(finalModel);
display.file('final_model.tflite', finalFile);

// 11. Fit the device, and count
const device = { flash: 256 * 1024, ram: 64 * 1024 };
const some = [xTest.slice(0, 500), cards.labels.slice(0, 500)] as const;
async function account(of: tf.LayersModel, file: Uint8Array) {
  const options = { mode: 'int8', representativeDataset } as const;
  const small = await quantization.quantizePostTraining(of, options);
  const inFloat = await evaluation.accuracy(of, xTest, cards.labels);
  const inInt8 = await evaluation.accuracy(small, ...some);
  const ledger = compression.sizeLedger(file);
  return {
    'read in float, of 10,000': inFloat.correct,
    'read in int8, of 500': inInt8.correct,
    'weights that are zero': sparsity.sparsityOf(of).zeros,
    'bytes of the .tflite': file.length,
    'bytes through gzip': ledger.find(({ name }) => name === 'gzip')!.bytes,
    'fits the device': evaluation.fitsDevice(small, device).fits ? 'yes' : 'no',
  };
}
const before = await account(model, originalFile);
const after = Object.values(await account(finalModel, finalFile));
display.table(
  {
    columns: ['', 'before', 'after'],
    rows: Object.entries(before).map(([what, value], i) => [what, value, after[i]]),
  },
  { title: 'What the recipe did' },
);
console.log(`The checkpoint kept epoch ${checkpoint.bestEpoch + 1}.`);
