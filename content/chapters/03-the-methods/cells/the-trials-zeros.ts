import { Interpreter } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const light = await openModel('depthwise-net');
const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();
const constants = new Map(trial.trace().map(({ name, data }) => [name, data]));

display.table(
  ['conv_1', 'conv_2_pointwise', 'conv_3_pointwise', 'conv_4_pointwise'].map((layer) => {
    // As trained, batch norms not folded: it is in this form that weights were struck out.
    const trained = kernelOf(light, layer);
    const { mask, threshold } = sparsity.magnitudeMask(trained, 0.2);
    const inFile = (tensor: tf.Tensor) => tf.transpose(tensor, [3, 0, 1, 2]).dataSync(); // a .tflite keeps outputs first
    const [sizes, kept] = [inFile(trained.abs()), inFile(mask)];
    const codes = constants.get(`${layer}/kernel`)!;
    const zero = Array.from(codes, (code) => code === 0);
    const larger = zero.flatMap((z, i) => (z && kept[i] === 1 ? [i] : []));
    return {
      layer,
      weights: codes.length,
      'zeros in the file': zero.filter(Boolean).length,
      'the smallest fifth': kept.filter((k) => k === 0).length,
      'of these, zero': zero.filter((z, i) => z && kept[i] === 0).length,
      'zero, though larger': larger.length,
      'in how many input channels': new Set(larger.map((i) => i % trained.shape[2])).size,
      'where the fifth ends': threshold,
      'largest that is zero': sizes.reduce((most, size, i) => (zero[i] ? Math.max(most, size) : most), 0),
    };
  }),
  { title: 'The zeros of the trial file, and the smallest weights of the light reader' },
);
