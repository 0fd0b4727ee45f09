import { calibration } from 'heavy-weights';

const firstLayer = model.getLayer('dense_1');
const sendsOn = (images: tf.Tensor) => tf.tidy(() => (firstLayer.apply(images) as tf.Tensor).dataSync() as Float32Array);

// The smallest and the largest value that the layer sends on, in each of the batches of the last cell.
const extremes: number[][] = [];
for (let from = 0; from < lessons.count; from += batch) {
  const { min: least, max: most } = numerics.minMax(sendsOn(lessonImages.slice(from, batch)));
  extremes.push([least, most]);
}
const sent = sendsOn(examImages);

const fromSix = new calibration.MovingAverageMinMax({ initialRange: { min: -6, max: 6 } });
const fromData = new calibration.MovingAverageMinMax(); // starts at the first batch

const row = (seen: number, average: calibration.MovingAverageMinMax) => {
  const params = average.params();
  const restored = numerics.dequantize(numerics.quantize(sent, params), params);
  return {
    batches: seen,
    from: average.range().min,
    to: average.range().max,
    'codes below zero': params.zeroPoint - params.qmin,
    'SQNR, dB': numerics.sqnr(sent, restored),
  };
};

const rows = [];
for (let seen = 1; seen <= 5000; seen++) {
  const extreme = extremes[seen % extremes.length]!; // round and round the same batches
  fromSix.observe(extreme);
  fromData.observe(extreme);
  if ([1, 10, 100, 469, 2345, 5000].includes(seen)) rows.push(row(seen, fromSix));
}
display.table(rows, { title: 'The range of dense_1, as an average that started at ±6' });
display.table([row(5000, fromData)], { title: 'The same average, started at the first batch' });
