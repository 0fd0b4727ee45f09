import { createRng, tf } from 'heavy-weights';

/** Gives every weight of a model random values; variances and scales of normalizations stay positive. */
export function randomize(model: tf.LayersModel, seed: number): tf.LayersModel {
  const rng = createRng(seed);
  for (const layer of model.layers) {
    const weights = layer.getWeights().map((tensor, i) => {
      const name = layer.weights[i]!.originalName;
      const positive = name.includes('variance') || name.includes('gamma');
      const fanIn = tensor.rank > 1 ? tensor.size / tensor.shape.at(-1)! : 4;
      const spread = Math.sqrt(2 / fanIn);
      const values = positive
        ? rng.floats(tensor.size, 0.5, 2)
        : rng.normals(tensor.size, 0, spread);
      return tf.tensor(values, tensor.shape);
    });
    layer.setWeights(weights);
    tf.dispose(weights);
  }
  return model;
}

/** A functional network with nearly every layer that can be quantized. */
export function everyLayer(seed: number): tf.LayersModel {
  const { layers } = tf;
  const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor =>
    layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tf.SymbolicTensor;
  const input = tf.input({ shape: [9, 10, 3], name: 'image' });
  let x = apply(
    layers.zeroPadding2d({
      padding: [
        [1, 0],
        [0, 2],
      ],
      name: 'pad',
    }),
    input,
  );
  x = apply(layers.conv2d({ filters: 6, kernelSize: [3, 2], strides: [2, 1], name: 'conv' }), x);
  x = apply(layers.batchNormalization({ name: 'norm' }), x);
  x = apply(layers.reLU({ maxValue: 6, name: 'relu6' }), x);
  const shortcut = x;
  x = apply(
    layers.depthwiseConv2d({
      kernelSize: 3,
      depthMultiplier: 2,
      padding: 'same',
      useBias: false,
      name: 'depthwise',
    }),
    x,
  );
  x = apply(layers.batchNormalization({ scale: false, name: 'norm_2' }), x);
  x = apply(layers.activation({ activation: 'relu', name: 'relu' }), x);
  x = apply(layers.conv2d({ filters: 6, kernelSize: 1, activation: 'relu', name: 'pointwise' }), x);
  x = apply(layers.add({ name: 'add' }), x, shortcut);
  const pooled = apply(layers.maxPooling2d({ poolSize: 2, padding: 'same', name: 'max' }), x);
  const averaged = apply(
    layers.averagePooling2d({ poolSize: [2, 2], padding: 'same', name: 'average' }),
    x,
  );
  x = apply(layers.concatenate({ name: 'concat' }), pooled, averaged);
  x = apply(layers.dropout({ rate: 0.5, name: 'dropout' }), x);
  x = apply(layers.batchNormalization({ name: 'norm_alone' }), x);
  const mean = apply(layers.globalAveragePooling2d({ name: 'mean' }), x);
  const flat = apply(layers.flatten({ name: 'flatten' }), x);
  const a = apply(layers.dense({ units: 5, activation: 'tanh', name: 'dense_tanh' }), mean);
  const b = apply(layers.dense({ units: 5, activation: 'sigmoid', name: 'dense_sigmoid' }), flat);
  x = apply(layers.concatenate({ name: 'concat_2' }), a, b);
  x = apply(layers.dense({ units: 4, name: 'logits' }), x);
  x = apply(layers.softmax({ name: 'softmax' }), x);
  return randomize(tf.model({ inputs: input, outputs: x, name: 'every-layer' }), seed);
}

/** A small convolutional network with batch normalizations, as a Sequential. */
export function smallCnn(seed: number, options: { units?: number } = {}): tf.LayersModel {
  const { layers } = tf;
  return randomize(
    tf.sequential({
      name: 'small-cnn',
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], name: 'conv_1' }),
        layers.batchNormalization({ name: 'norm_1' }),
        layers.reLU({ name: 'relu_1' }),
        layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu', name: 'conv_2' }),
        layers.flatten({ name: 'flatten' }),
        layers.dense({ units: options.units ?? 3, name: 'logits' }),
      ],
    }),
    seed,
  );
}

/** Random inputs for a model: n examples. */
export function inputsFor(model: tf.LayersModel, n: number, seed: number): tf.Tensor {
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const size = shape.reduce((total, each) => total * each, 1);
  return tf.tensor(createRng(seed).floats(n * size, -1, 1), [n, ...shape]);
}
