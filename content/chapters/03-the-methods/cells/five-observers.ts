import { calibration, numerics, quantization, tf } from 'heavy-weights';
import { display, openDataset, openModel } from 'heavy-weights/book';

const light = await openModel('depthwise-net');
const folded = quantization.foldBatchNorm(light); // as the converter sees it
const drawer = await openDataset('mnist-train', { count: 100 });
const fresh = await openDataset('mnist-test', { count: 100 });

const observers = {
  'min-max': () => new calibration.MinMax(),
  'moving average': () => new calibration.MovingAverageMinMax({ decay: 0.9 }),
  percentile: () => new calibration.Percentile({ percentile: 99.99 }),
  entropy: () => new calibration.Entropy(),
  'mean square': () => new calibration.Mse(),
};

/** The sheets one by one. */
function* sheetsOf(pixels: Float32Array) {
  for (let i = 0; i < 100; i++) yield tf.tensor4d(pixels.slice(784 * i, 784 * (i + 1)), [1, 28, 28, 1]);
}

// What relu_1 sends on for a hundred images that were not in the drawer.
const upTo = tf.model({ inputs: folded.inputs, outputs: folded.getLayer('relu_1').output as tf.SymbolicTensor });
const sent = (upTo.predict(tf.tensor4d(fresh.images, fresh.shape)) as tf.Tensor).dataSync() as Float32Array;

const rows = [];
for (const [name, observer] of Object.entries(observers)) {
  const options = { layers: ['relu_1'], observer };
  const seen = await calibration.calibrateActivations(folded, () => sheetsOf(drawer.images), options);
  const params = seen.get('relu_1').params({ numBits: 8 });
  const end = seen.get('relu_1').range({ numBits: 8 }).max;
  rows.push({
    observer: name,
    'range to': Number(end.toFixed(3)),
    'beyond it (%)': Number(((100 * sent.filter((value) => value > end).length) / sent.length).toFixed(2)),
    'SQNR (dB)': Number(numerics.sqnr(sent, numerics.dequantize(numerics.quantize(sent, params), params)).toFixed(1)),
  });
}
display.table(rows, { title: 'Five ranges for what relu_1 sends on' });
display.histogram(sent.filter((value) => value > 0), { bins: 120, title: 'What relu_1 sends on, zeros left out', xLabel: 'value' });
