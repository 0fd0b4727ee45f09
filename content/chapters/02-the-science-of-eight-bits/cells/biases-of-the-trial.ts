import { quantization } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const reader = quantization.foldBatchNorm(await openModel('depthwise-net'));
const { file: trialFile } = await openTrial();
const trial = new Interpreter(trialFile);
trial.allocateTensors();

const rms = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
const rows = [];
let before, kernel;
for (const tensor of trial.trace()) {
  if (tensor.name.endsWith('/kernel')) kernel = tensor;
  else if (tensor.name.endsWith('/bias')) {
    const [layer] = tensor.name.split('/');
    const { scales } = tensor.quantization;
    const [sx] = before.quantization.scales;
    const ratios = scales.map((s, c) => s / (sx * kernel.quantization.scales[c]));
    const wanted = reader.getLayer(layer).getWeights()[1].dataSync() as Float32Array;
    const given = Float32Array.from(tensor.data as Int32Array, (q, c) => q * (scales[c] ?? scales[0]));
    rows.push({
      layer,
      Z_x: before.quantization.zeroPoints[0],
      Z_w: [...new Set(kernel.quantization.zeroPoints)].join(', '),
      'bias scale ÷ s_x s_w': [...new Set(ratios.map((ratio) => ratio.toFixed(3)))].join(', '),
      'typical bias, float': rms(wanted),
      'in the file': rms(given),
      'SQNR (dB)': numerics.sqnr(wanted, given),
    });
  } else if (!tensor.constant) before = tensor;
}
display.table(rows, { title: 'The biases of the trial file against the float reader’s' });
