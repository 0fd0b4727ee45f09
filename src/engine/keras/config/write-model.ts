import * as tf from '@tensorflow/tfjs';
import { isModel } from '../../model-graph/clone-model.ts';
import type { KerasFormat } from './layer-parts.ts';
import type { JsonObject } from './parse-json.ts';
import { dress, writeDtype, writeLayer, type WrittenLayer } from './write-layer.ts';

type Layer = tf.layers.Layer;
type Node = Layer['inboundNodes'][number];

/** What TensorFlow.js knows of a model and hides. */
interface Container {
  /** `<layer>_ib-<call>` of all calls that belong to the model. */
  containerNodes: Set<string>;
}

/**
 * The configuration of a model, as Keras 2 keeps it in `.h5` files or Keras 3 in `.keras` files.
 *
 * @throws ReaderError those of layers
 * @internal
 */
export function writeModelConfig(model: tf.LayersModel, format: KerasFormat): WrittenLayer {
  return model instanceof tf.Sequential
    ? writeSequential(model, format)
    : writeFunctional(model, format);
}

function writeSequential(model: tf.Sequential, format: KerasFormat): WrittenLayer {
  const input = model.inputs[0]!;
  const layers = model.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .map((layer) => writeEntry(layer, format));
  const config: JsonObject = {
    name: model.name,
    ...(format === 'keras3'
      ? { trainable: model.trainable, dtype: writeDtype('float32', format) }
      : {}),
    layers: [writeInput(input.sourceLayer.name, input.shape, input.dtype, format), ...layers],
  };
  if (format === 'keras3') config['build_input_shape'] = input.shape;
  return dress('Sequential', config, format);
}

function writeInput(
  name: string,
  shape: tf.Shape,
  dtype: string,
  format: KerasFormat,
): WrittenLayer {
  const config =
    format === 'keras2'
      ? { batch_input_shape: shape, dtype, sparse: false, ragged: false, name }
      : { batch_shape: shape, dtype, sparse: false, name };
  return dress('InputLayer', config, format);
}

/** A layer of a model; in Keras 3 with the shape that it is built for. */
function writeEntry(layer: Layer, format: KerasFormat): WrittenLayer {
  if (layer.getClassName() === 'InputLayer') {
    const { batchInputShape, dtype } = layer as unknown as {
      batchInputShape: tf.Shape;
      dtype: string;
    };
    return writeInput(layer.name, batchInputShape, dtype, format);
  }
  const written = isModel(layer) ? writeModelConfig(layer, format) : writeLayer(layer, format);
  const shapes = layer.inboundNodes[0]?.inputTensors.map(({ shape }) => shape) ?? [];
  if (format === 'keras3' && shapes.length > 0) {
    written['build_config'] = { input_shape: shapes.length === 1 ? shapes[0] : shapes };
  }
  return written;
}

function writeFunctional(model: tf.LayersModel, format: KerasFormat): WrittenLayer {
  const { containerNodes } = model as unknown as Container;
  const numbers = new Map<Node, number>();
  for (const layer of model.layers) {
    // A model in the model was called once when it was made; Keras 3 does not count that of a Sequential.
    let number = isModel(layer) && !(format === 'keras3' && layer instanceof tf.Sequential) ? 1 : 0;
    layer.inboundNodes.forEach((node, index) => {
      if (containerNodes.has(`${layer.name}_ib-${index}`)) numbers.set(node, number++);
    });
  }
  const refer = ({ sourceLayer, nodeIndex, tensorIndex }: tf.SymbolicTensor): unknown[] => [
    sourceLayer.name,
    numbers.get(sourceLayer.inboundNodes[nodeIndex!]!),
    tensorIndex,
  ];
  const layers = model.layers.map((layer) => {
    const calls = layer.inboundNodes.filter(
      (node) => numbers.has(node) && node.inputTensors.length > 0 && !isInput(layer),
    );
    return {
      ...writeEntry(layer, format),
      name: layer.name,
      inbound_nodes: calls.map(({ inputTensors }) =>
        format === 'keras2'
          ? inputTensors.map((tensor) => [...refer(tensor), {}])
          : writeCall3(inputTensors, refer),
      ),
    };
  });
  const config = {
    name: model.name,
    trainable: model.trainable,
    layers,
    input_layers: model.inputs.map(refer),
    output_layers: model.outputs.map(refer),
  };
  return dress('Functional', config, format);
}

function isInput(layer: Layer): boolean {
  return layer.getClassName() === 'InputLayer';
}

function writeCall3(
  tensors: readonly tf.SymbolicTensor[],
  refer: (tensor: tf.SymbolicTensor) => unknown[],
): JsonObject {
  const args = tensors.map((tensor) => ({
    class_name: '__keras_tensor__',
    config: { shape: tensor.shape, dtype: tensor.dtype, keras_history: refer(tensor) },
  }));
  // A layer that merges takes a list as its one argument.
  return { args: args.length === 1 ? args : [args], kwargs: {} };
}
