import { evaluation, loadModel, quantization, saveModel, tf } from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

// The file of the note, written and read: original_model.h5.
const h5 = await saveModel(await openModel('lenet-5'), 'original_model.h5');
const heavy = await loadModel(h5);
console.log(`original_model.h5: ${h5.length.toLocaleString('en-GB')} bytes`);

const sheets = await openDataset('mnist-train', { count: 200 });
const exam = await openDataset('mnist-test', { count: 1000 });
const inEight = await quantization.quantizePostTraining(heavy, {
  mode: 'int8',
  *representativeDataset() {
    yield tf.tensor4d(sheets.images, sheets.shape);
  },
});

const readings = { float: [] as number[], int8: [] as number[] };
const examCards = tf.tensor4d(exam.images, exam.shape);
for (let from = 0; from < exam.count; from += 200) {
  const some = examCards.slice(from, 200);
  for (const [name, reader] of [['float', heavy], ['int8', inEight]] as const) {
    const scores = reader.predict(some) as tf.Tensor;
    readings[name].push(...scores.argMax(1).dataSync());
  }
  progress(from + 200, exam.count, 'cards');
}

const correct = (found: number[]) =>
  exam.labels.filter((label, i) => label === found[i]).length;
const { onlyFirst, onlySecond, pValue } = evaluation.mcNemar(
  readings.float,
  readings.int8,
  exam.labels,
);
const floatBytes = 4 * heavy.countParams();
display.table([
  { reader: 'float32', bytes: floatBytes, read: correct(readings.float) },
  { reader: 'int8', bytes: inEight.weightBytes, read: correct(readings.int8) },
]);
console.log(`Only the float read ${onlyFirst}, only the int8 ${onlySecond}.`);
console.log(`McNemar: p = ${pValue}`);
