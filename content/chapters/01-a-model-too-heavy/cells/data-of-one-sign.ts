import { tf } from 'heavy-weights';
import { openDataset } from 'heavy-weights/book';

const { images, count } = await openDataset('mnist-test', { count: 200 });
const firstLayer = model.getLayer('dense_1');
const sent = (firstLayer.apply(tf.tensor2d(images, [count, 784])) as tf.Tensor).dataSync() as Float32Array;

display.table(
  [true, false].map((symmetric) => {
    const chosen = numerics.chooseQuantizationParams(numerics.minMax(sent), { numBits: 8, symmetric });
    const sentCodes = numerics.quantize(sent, chosen);
    return {
      map: symmetric ? 'symmetric' : 'affine',
      scale: chosen.scale,
      'zero point': chosen.zeroPoint,
      'codes used': new Set(sentCodes).size,
      'typical error': Math.sqrt(numerics.mse(sent, numerics.dequantize(sentCodes, chosen))),
    };
  }),
  { title: 'Two maps for what dense_1 sends to dense_2' },
);

const zeros = sent.filter((value) => value === 0).length;
console.log(`${((100 * zeros) / sent.length).toFixed(1)} % of the values are exactly zero, and stay so.`);
