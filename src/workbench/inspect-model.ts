import type * as tf from '@tensorflow/tfjs';
import { requireBuiltModel } from '../engine/model-graph/model-graph.ts';
import { layerCalls, shapeOf } from './layer-calls.ts';
import { layerMacs } from './layer-macs.ts';
import { summarizeWeights, type WeightSummary } from './weight-summary.ts';

/** One weight of a layer. */
export interface InspectedWeight extends WeightSummary {
  /** As its layer calls it: `kernel`, `bias`, `gamma`, … */
  role: string;
  shape: number[];
}

/** One layer of a model, as plain data. */
export interface InspectedLayer {
  name: string;
  className: string;
  /** Of its first call, without the batch; −1 where a size is open. */
  outputShape: number[];
  /** How often it is called. */
  calls: number;
  parameters: number;
  /** Of its weights in float32. */
  bytes: number;
  /** Multiplications with an addition for one example; undefined where they are not known. */
  macs: number | undefined;
  weights: InspectedWeight[];
}

/** A model as plain data, which can cross a message port. */
export interface ModelInspection {
  kind: 'model';
  name: string;
  /** Without the batch; −1 where a size is open. */
  inputs: { name: string; shape: number[] }[];
  outputs: { name: string; shape: number[] }[];
  layers: InspectedLayer[];
  totals: {
    parameters: number;
    bytes: number;
    /** Of the layers that are known. */
    macs: number;
    zeros: number;
  };
}

/**
 * Looks into a model: its layers with their shapes, parameters, bytes, multiplications and weights.
 *
 * @param model - any built model, layers that are shared and models used as layers too; it is left as it is
 * @throws ReaderError `model-not-a-model`, `model-not-built`
 */
export function inspectModel(model: tf.LayersModel): ModelInspection {
  requireBuiltModel(model);
  const layers = [...layerCalls(model)].map(([layer, calls]): InspectedLayer => {
    const weights = weightsOf(layer);
    const parameters = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    return {
      name: layer.name,
      className: layer.getClassName(),
      outputShape: calls[0]!.outputShape,
      calls: calls.length,
      parameters,
      bytes: 4 * parameters,
      macs: layerMacs(layer, calls),
      weights,
    };
  });
  const total = (of: (layer: InspectedLayer) => number): number =>
    layers.reduce((sum, layer) => sum + of(layer), 0);
  return {
    kind: 'model',
    name: model.name,
    inputs: endsOf(model.inputs),
    outputs: endsOf(model.outputs),
    layers,
    totals: {
      parameters: total(({ parameters }) => parameters),
      bytes: total(({ bytes }) => bytes),
      macs: total(({ macs }) => macs ?? 0),
      zeros: total(({ weights }) => weights.reduce((sum, { zeros }) => sum + zeros, 0)),
    },
  };
}

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

const endsOf = (tensors: readonly tf.SymbolicTensor[]): ModelInspection['inputs'] =>
  tensors.map((tensor) => ({ name: tensor.sourceLayer.name, shape: shapeOf(tensor) }));

function weightsOf(layer: tf.layers.Layer): InspectedWeight[] {
  return layer.weights.map((variable) => {
    const tensor = variable.read();
    return {
      role: variable.originalName.split('/').at(-1)!,
      shape: [...tensor.shape],
      ...summarizeWeights(tensor.dataSync()),
    };
  });
}
