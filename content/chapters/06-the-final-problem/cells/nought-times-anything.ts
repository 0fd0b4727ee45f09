import {
  Interpreter,
  quantization,
  sparsity,
  TFLiteConverter,
  tf,
} from 'heavy-weights';
import { display, openDataset, openModel, progress } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const drawer = await openDataset('mnist-train', { count: 100 });

/** A network in some format, and the file that would lie in the flash. */
async function inTheFlash(
  model: tf.LayersModel,
  mode: 'int8' | 'float16' | 'int4',
) {
  const representativeDataset = function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  };
  const network = await quantization.quantizePostTraining(model, {
    mode,
    representativeDataset,
  });
  const file = await TFLiteConverter.fromQuantizedModel(network).convert();
  return { network, file };
}

// It reads nothing any more, but it has its zeros.
const emptied = sparsity.magnitudePrune(heavy, 0.9);
const { file } = await inTheFlash(emptied, 'int8');
const reader = new Interpreter(file);
reader.allocateTensors();
const tensors = reader.trace();

/** How often a weight of each kernel is used for one digit. */
const uses = { conv_1: 24 * 24, conv_2: 8 * 8, dense_1: 1, logits: 1 };
display.table(
  Object.entries(uses).map(([layer, times]) => {
    const { data } = tensors.find(({ name }) => name === `${layer}/kernel`)!;
    const codes = Array.from(data as Int8Array);
    const noughts = codes.filter((code) => code === 0).length;
    return {
      kernel: layer,
      'bytes in the file': data.byteLength,
      'of them nought': noughts,
      'multiplications by nought': noughts * times,
    };
  }),
  { title: 'What the zeros do all day' },
);
const over = file.length - 256 * 1024;
console.log(`The file has ${file.length} bytes, ${over} more than the flash.`);
