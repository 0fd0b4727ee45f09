import { Interpreter, numerics, quantization, sparsity, tf } from 'heavy-weights';
import { display, openDataset, openModel, openTrial } from 'heavy-weights/book';

const { file, specimens } = await openTrial();
const light = await openModel('depthwise-net');
const fifth = 0.2;
const pruned = sparsity.magnitudePrune(light, {
  conv_1: fifth,
  conv_2_pointwise: fifth,
  conv_3_pointwise: fifth,
  conv_4_pointwise: fifth,
});
const due = quantization.foldBatchNorm(pruned); // what the file should hold

/** Kernel and bias that are due to a layer, in the order of a .tflite. */
function dueTo(layer: string) {
  const [kernel, bias] = due.getLayer(layer).getWeights();
  const order = kernel.rank === 2 ? [1, 0] : layer.startsWith('depth') ? [0, 1, 2, 3] : [3, 0, 1, 2];
  return [tf.transpose(kernel, order).dataSync(), bias.dataSync()] as Float32Array[];
}
const rms = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

const trial = new Interpreter(file);
trial.allocateTensors();
const weights = [];
const biases = [];
let read, kernel; // what the layer reads, and its kernel
for (const tensor of trial.trace()) {
  const { name, data, shape, constant, quantization: rule } = tensor;
  const [layer, part] = name.split('/');
  const { scales } = rule;
  if (!constant && tensor.dtype === 'int8') read = tensor;
  if (part === 'kernel') {
    kernel = tensor;
    const [wanted] = dueTo(layer);
    const axis = rule.quantizedDimension;
    const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const ruleOf = (i: number) => (scales.length === 1 ? 0 : Math.floor(i / inner) % shape[axis]);
    const got = wanted.map((_, i) => Number(data[i]) * scales[ruleOf(i)]);
    const full = new Set([...wanted.keys()].filter((i) => Math.abs(Number(data[i])) === 127).map(ruleOf));
    weights.push({
      layer,
      scales: scales.length,
      due: layer === 'logits' ? 1 : dueTo(layer)[1].length,
      'of these, reach 127': full.size,
      'weights, dB': Number(numerics.sqnr(wanted, got).toFixed(1)),
      // More than a step from zero, and zero all the same.
      'struck out, though large': wanted.filter((w, i) => Number(data[i]) === 0 && Math.abs(w) > scales[ruleOf(i)]).length,
    });
  }
  if (part === 'bias') {
    const [, wanted] = dueTo(layer);
    const got = wanted.map((_, c) => Number(data[c]) * (scales[c] ?? scales[0]));
    const products = scales.map((s, c) => s / (read.quantization.scales[0] * kernel.quantization.scales[c]));
    biases.push({
      layer,
      reads: `${(255 * read.quantization.scales[0]).toPrecision(3)} wide, zero at ${read.quantization.zeroPoints[0]}`,
      'bias scale ÷ s_x s_w': [...new Set(products.map((p) => p.toFixed(2)))].join(', '),
      'bias, file ÷ float': Number((rms(got) / rms(wanted)).toFixed(3)),
      'bias, dB': Number(numerics.sqnr(wanted, got).toFixed(1)),
    });
  }
}
display.table(weights, { title: 'The weights of the trial file' });
display.table(biases, { title: 'What each layer reads, and its bias' });
display.table(
  Array.from({ length: specimens.count }, (_, sheet) => ({
    sheet, // counted from 0, as an accusation counts them
    'darkest pixel': numerics.minMax(specimens.images.subarray(784 * sheet, 784 * (sheet + 1))).max,
  }))
    .sort((a, b) => b['darkest pixel'] - a['darkest pixel'])
    .slice(0, 4),
  { title: 'The four darkest sheets of the drawer' },
);
