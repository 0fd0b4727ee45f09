import { Interpreter, quantization, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const model = await openModel('depthwise-net');
const sheets = await openDataset('mnist-train', { count: 50 });
const network = await quantization.quantizePostTraining(model, {
  mode: 'int8', // or 'float32', 'float16', 'dynamic', 'int16x8', 'int4'
  representativeDataset: function* () {
    yield tf.tensor4d(sheets.images, sheets.shape);
  },
});
const file = await TFLiteConverter.fromQuantizedModel(network).convert();
console.log(`The .tflite file has ${file.length.toLocaleString('en-GB')} bytes.`);

const digit = await openDataset('mnist-test', { count: 1 });
const interpreter = new Interpreter(file);
interpreter.allocateTensors();
interpreter.setTensor(interpreter.getInputDetails()[0]!.index, digit.images);
interpreter.invoke();

const tensors = interpreter.trace().filter(({ constant }) => !constant);
display.table(
  tensors.map(({ name, dtype, data, quantization: { scales, zeroPoints } }) => ({
    tensor: name,
    type: dtype,
    scale: scales[0]?.toPrecision(4) ?? '',
    'zero point': zeroPoints[0] === undefined ? '' : String(zeroPoints[0]),
    values: data.length,
    'at the ends': dtype === 'int8' ? data.filter((code) => Math.abs(code + 0.5) > 127).length : '',
  })),
  { title: 'What the file computes, in order' },
);
