import { numerics, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const heavy = await openModel('lenet-5');
const { images, shape } = await openDataset('mnist-train', { count: 100 });
const digits = tf.tensor4d(images, shape);

/** What a layer of the heavy model sends on, for all hundred digits. */
function sentBy(layer: string): tf.Tensor {
  const output = heavy.getLayer(layer).output as tf.SymbolicTensor;
  return tf.model({ inputs: heavy.inputs, outputs: output }).predict(digits) as tf.Tensor;
}

display.table(
  ['conv_1', 'pool_1', 'conv_2', 'pool_2', 'dense_1', 'logits'].map((layer) => {
    const range = numerics.minMax(sentBy(layer).dataSync());
    const symmetric = numerics.chooseQuantizationParams(range, { symmetric: true });
    const affine = numerics.chooseQuantizationParams(range);
    return {
      layer,
      from: range.min,
      to: range.max,
      'symmetric scale': symmetric.scale,
      'affine scale': affine.scale,
      'zero point': affine.zeroPoint,
      'scale ÷ scale': symmetric.scale / affine.scale,
    };
  }),
  { title: 'What the heavy model’s layers send on, and two rules for it' },
);
