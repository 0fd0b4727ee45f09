import { Interpreter, numerics, tf, TFLiteConverter } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

// The heavy model in whole numbers, calibrated on a hundred sheets; it reads one digit.
const heavy = await openModel('lenet-5');
const drawer = await openDataset('mnist-train', { count: 100 });
const file = await TFLiteConverter.fromLayersModel(heavy, {
  optimizations: ['DEFAULT'],
  representativeDataset: function* () {
    yield tf.tensor4d(drawer.images, drawer.shape);
  },
}).convert();
const integers = new Interpreter(file);
integers.allocateTensors();

const digits = await openDataset('mnist-test', { count: 100 });
const [{ index: paper }] = integers.getInputDetails();
const show = (digit: number) => {
  integers.setTensor(paper, digits.images.subarray(784 * digit, 784 * (digit + 1)));
  integers.invoke();
};
show(0);

const tensors = integers.trace();
const part = (name: string) => tensors.find((tensor) => tensor.name === name);
const scaleOf = (name: string) => part(name).quantization.scales[0];
const zeroOf = (name: string) => part(name).quantization.zeroPoints[0];

const [x, w, b] = ['flatten', 'dense_1/kernel', 'dense_1/bias'].map((name) => part(name).data as Int32Array);
const [zx, zy] = [zeroOf('flatten'), zeroOf('dense_1_relu')];
const scale = Math.fround(scaleOf('flatten') * scaleOf('dense_1/kernel')); // of a sum
const real = scale / scaleOf('dense_1_relu'); // from sums to codes

display.table(
  [0, 1, 2, 3, 4, 5].map((unit) => {
    const row = w.subarray(800 * unit, 800 * (unit + 1));
    const products = row.reduce((sum, q, i) => sum + q * x[i], 0);
    const correction = zx * row.reduce((sum, q) => sum + q, 0);
    const sum = products - correction + b[unit];
    const { multiplier, shift } = numerics.quantizeMultiplier(real);
    const code = zy + numerics.multiplyByQuantizedMultiplier(sum, multiplier, shift);
    return {
      unit,
      'Σ q_x q_w': products,
      'Z_x Σ q_w': correction,
      bias: b[unit],
      sum,
      'what it stands for': sum * scale,
      code,
      clamped: Math.max(zy, Math.min(127, code)),
      'by the interpreter': part('dense_1_relu').data[unit],
    };
  }),
  { title: `Six units of dense_1, with Z_x = ${zx} and Z_y = ${zy}` },
);
