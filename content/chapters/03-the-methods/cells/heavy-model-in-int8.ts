import { Interpreter, tf, TFLiteConverter } from 'heavy-weights';
import { openDataset, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const sheets = await openDataset('mnist-train', { count: 1000 });
const sheetsFrom = (count: number) => tf.tensor4d(sheets.images.slice(0, count * 784), [count, 28, 28, 1]);

const converter = TFLiteConverter.fromLayersModel(heavy);
converter.optimizations = ['DEFAULT'];
converter.representativeDataset = function* () {
  yield sheetsFrom(100);
};
const file = await converter.convert();

// First the ends: what does the file take a digit for?
const interpreter = new Interpreter(file);
interpreter.allocateTensors();
const digit = interpreter.getTensorDetails().find(({ name }) => name === heavy.inputs[0]!.name)!;
console.log(`Input: scale ${digit.quantization.scales[0]!.toFixed(6)}; 1/255 is ${(1 / 255).toFixed(6)}.`);

// Then the bytes.
console.log(`${file.length.toLocaleString('en-GB')} bytes, ${(file.length / (256 * 1024)).toFixed(2)} times the flash.`);

// Then the readings, beside those of the float model.
const tested = await openDataset('mnist-test', { count: 100 });
const inFloat = (heavy.predict(tf.tensor4d(tested.images, tested.shape)) as tf.Tensor).argMax(1).dataSync();
let correct = 0;
let changed = 0;
for (let i = 0; i < tested.count; i++) {
  interpreter.setTensor(interpreter.getInputDetails()[0]!.index, tested.images.slice(i * 784, (i + 1) * 784));
  interpreter.invoke();
  const scores = interpreter.getTensor(interpreter.getOutputDetails()[0]!.index) as Float32Array;
  const reading = scores.indexOf(Math.max(...scores));
  if (reading === tested.labels[i]) correct += 1;
  if (reading !== inFloat[i]) changed += 1;
}
console.log(`${correct} of ${tested.count} read correctly; ${changed} unlike the float.`);
