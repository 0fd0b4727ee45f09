import { Interpreter, quantization, sparsity } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

// What an honest file would hold: a fifth struck out, batch norms folded, eight bits a channel; logits with one scale.
const reader = await openModel('depthwise-net');
const struckOut = ['conv_1', 'conv_2_pointwise', 'conv_3_pointwise', 'conv_4_pointwise'];
const pruned = sparsity.magnitudePrune(reader, Object.fromEntries(struckOut.map((layer) => [layer, 0.2])));
const ready = quantization.foldBatchNorm(pruned);
const byChannel = quantization.fakeQuantizeWeights(ready, { numBits: 8 });
const byTensor = quantization.fakeQuantizeWeights(ready, { numBits: 8, granularity: 'per-tensor' });

const float = quantization.foldBatchNorm(reader);

/** A layer’s kernel in the order in which a .tflite file keeps it. */
function asFiled(model: tf.LayersModel, layer: string): Float32Array {
  const [tensor] = model.getLayer(layer).getWeights();
  const order = layer.startsWith('depthwise') ? [0, 1, 2, 3] : tensor.rank === 4 ? [3, 0, 1, 2] : [1, 0];
  return tf.transpose(tensor, order).dataSync() as Float32Array;
}

const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();

display.table(
  trial
    .trace()
    .filter(({ constant, dtype }) => constant && dtype === 'int8')
    .map(({ name, data, shape, quantization: { scales, zeroPoints, quantizedDimension } }) => {
      const [layer] = name.split('/');
      const rule =
        scales.length === 1
          ? { scale: scales[0], zeroPoint: zeroPoints[0] }
          : { scales, zeroPoints, axis: quantizedDimension, shape };
      const wanted = asFiled(float, layer);
      return {
        layer,
        weights: data.length,
        'an honest file (dB)': numerics.sqnr(wanted, asFiled(layer === 'logits' ? byTensor : byChannel, layer)),
        'the trial file (dB)': numerics.sqnr(wanted, numerics.dequantize(data, rule)),
      };
    }),
  { title: 'The weights of the trial file against the float reader’s' },
);
