import { Interpreter, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const drawer = await openDataset('mnist-train', { count: 100 });
const specimens = function* (): Generator<tf.Tensor> {
  yield tf.tensor4d(drawer.images, drawer.shape);
};

async function inIntegers(model: tf.LayersModel, data = specimens) {
  const converter = TFLiteConverter.fromLayersModel(model);
  converter.optimizations = ['DEFAULT'];
  converter.representativeDataset = data;
  return converter.convert();
}

/** The tensors of a file, and where its bytes are. */
function takeApart(file: Uint8Array) {
  const interpreter = new Interpreter(file);
  interpreter.allocateTensors();
  const tensors = interpreter.trace();
  let [numbers, scales] = [0, 0];
  for (const { constant, data, quantization } of tensors) {
    if (constant) numbers += data.byteLength;
    scales += quantization.scales.length;
  }
  const rest = file.length - numbers - 12 * scales;
  return { tensors, numbers, scales, rest };
}

const file = await inIntegers(heavy);
const parts = takeApart(file);
display.table(
  parts.tensors.map(({ name, dtype, shape, constant, data, quantization }) => ({
    tensor: name,
    type: dtype,
    shape: shape.join(' × '),
    'bytes in the file': constant ? data.byteLength : 0,
    scales: quantization.scales.length,
  })),
  { title: 'The heavy model in int8, tensor by tensor' },
);
display.table(
  [
    { part: 'numbers', bytes: parts.numbers },
    {
      part: `${parts.scales} scales and zero points`,
      bytes: 12 * parts.scales,
    },
    { part: 'all the rest', bytes: parts.rest },
    { part: 'the file', bytes: file.length },
  ],
  { title: 'What is in the parcel' },
);
