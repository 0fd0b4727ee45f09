const pooled = sentBy('pool_1') as tf.Tensor4D;
const kernel = heavy.getLayer('conv_2').getWeights()[0] as tf.Tensor4D;
const range = numerics.minMax(pooled.dataSync());
const params = numerics.chooseQuantizationParams(range);

// First rule: code 0 is the smallest value itself, and real zero falls where it falls.
const step = (range.max - range.min) / 255;
const fallen = pooled.sub(range.min).div(step).round().mul(step).add(range.min) as tf.Tensor4D;
const nearestToZero = range.min + Math.round(-range.min / step) * step;

// Second rule: the zero point is rounded, and real zero has a code of its own.
const codes = numerics.quantize(pooled.dataSync(), params);
const held = tf.tensor4d(numerics.dequantize(codes, params), pooled.shape);

/** conv_2 with a border two squares wide, which it does not have in the model: we lend it one. */
const padded = (values: tf.Tensor4D, border: number) =>
  tf.conv2d(tf.pad(values, [[0, 0], [2, 2], [2, 2], [0, 0]], border) as tf.Tensor4D, kernel, 1, 'valid');

const right = padded(pooled, 0);
const rules = { 'zero falls between two codes': padded(fallen, nearestToZero), 'zero has its code': padded(held, 0) };

console.log(`The code nearest to zero stands for ${nearestToZero.toFixed(5)}; half a step is ${(step / 2).toFixed(5)}.`);
for (const [title, sums] of Object.entries(rules)) {
  const typical = sums.sub(right).square().mean([0, 3]).sqrt() as tf.Tensor2D; // by place, over images and filters
  const [corner, inside] = [typical.slice([0, 0], [1, 1]), typical.slice([2, 2], [8, 8])];
  console.log(`${title}: ${corner.dataSync()[0].toFixed(5)} at a corner, ${inside.mean().dataSync()[0].toFixed(5)} inside.`);
  display.heatmap(typical, { title: `Typical error of a sum, by place: ${title}` });
}
