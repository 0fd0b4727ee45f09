import { saveModel } from 'heavy-weights';

const exam = await openDataset('mnist-test', { count: 10_000 });
const side = 28 * 28;
const stride = 250;
let passed = 0;
for (let from = 0; from < exam.count; from += stride) {
  const said = tf.tidy(() => {
    const part = exam.images.subarray(from * side, (from + stride) * side);
    const x = tf.tensor4d(part, [stride, 28, 28, 1]);
    return (cut.predict(x) as tf.Tensor).argMax(1).dataSync(); // in integers
  });
  passed += said.filter((figure, i) => figure === exam.labels[from + i]).length;
  progress(from + stride, exam.count, `${passed} read`);
}

const { low, high } = evaluation.wilsonInterval(passed, exam.count);
const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
console.log(`${passed} of ${exam.count}: ${percent(passed / exam.count)}.`);
console.log(`With 95% confidence: ${percent(low)} to ${percent(high)}.`);

const fits = cutFile.length <= device.flash && ram <= device.ram;
if (fits && passed >= 9850) {
  display.file('heavy-model-cut.tflite', cutFile);
  const h5 = await saveModel(small, 'heavy-model-cut.h5');
  display.file('heavy-model-cut.h5', h5);
} else {
  console.log('Not yet. Spare a share in the plan, or teach for longer.');
}
