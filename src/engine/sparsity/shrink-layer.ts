import * as tf from '@tensorflow/tfjs';
import type { LayerClone } from '../model-graph/clone-model.ts';
import type { LayerNode } from '../model-graph/model-graph.ts';
import { copyLayer } from '../model-graph/rebuild-model.ts';

/** Positions along the last axis that stay, ascending. */
export type Kept = readonly number[];

/** For some axes of a weight the positions that stay. */
type Cut = Readonly<Record<number, Kept>>;

/**
 * A layer with fewer channels, in and out.
 *
 * @param input - of what it reads, the positions along the last axis that stay
 * @param output - the same of what it gives
 * @internal
 */
export function shrinkLayer(
  { layer, className, outputShape }: LayerNode,
  input: Kept,
  output: Kept,
): LayerClone {
  const copy = copyLayer(layer, overrides(layer, className, outputShape, output));
  return {
    layer: copy,
    fill: () => {
      const weights = layer.getWeights();
      if (weights.length === 0) return;
      const cuts = cutsOf(className, weights, input, output);
      const cut = weights.map((weight, i) => cutWeight(weight, cuts[i]!));
      copy.setWeights(cut);
      tf.dispose(cut);
    },
  };
}

function overrides(
  layer: tf.layers.Layer,
  className: string,
  outputShape: readonly number[],
  output: Kept,
): tf.serialization.ConfigDict {
  switch (className) {
    case 'Dense':
      return { units: output.length };
    case 'Conv1D':
    case 'Conv2D':
      return { filters: output.length };
    case 'SeparableConv2D': {
      // TensorFlow.js leaves the multiplier out of the configuration.
      const { depthMultiplier } = layer as unknown as { depthMultiplier: number };
      return { filters: output.length, depthMultiplier };
    }
    case 'Reshape':
      return { targetShape: [...outputShape.slice(0, -1), output.length] };
    default:
      return {};
  }
}

function cutsOf(className: string, weights: tf.Tensor[], input: Kept, output: Kept): Cut[] {
  const bias = { 0: output };
  const rank = weights[0]!.rank;
  switch (className) {
    case 'Dense':
    case 'Conv1D':
    case 'Conv2D':
      return [{ [rank - 2]: input, [rank - 1]: output }, bias];
    case 'DepthwiseConv2D':
      return [{ 2: input }, bias];
    case 'SeparableConv2D': {
      const multiplier = weights[0]!.shape[3]!;
      const between = input.flatMap((i) =>
        Array.from({ length: multiplier }, (_, j) => i * multiplier + j),
      );
      return [{ 2: input }, { 2: between, 3: output }, bias];
    }
    default:
      // Of a PReLU whose channels share a slope there is one entry for all.
      return weights.map(({ shape }): Cut =>
        shape.at(-1) === 1 ? {} : { [shape.length - 1]: output },
      );
  }
}

/** Not by tf.gather: the wasm backend keeps a shape of its own for what that gives, and refuses it as a bias. */
function cutWeight(weight: tf.Tensor, cut: Cut): tf.Tensor {
  let values = weight.dataSync() as Float32Array;
  const shape = [...weight.shape];
  for (const [axis, kept] of Object.entries(cut)) {
    values = take(values, shape, Number(axis), kept);
    shape[Number(axis)] = kept.length;
  }
  return tf.tensor(values, shape);
}

/** The positions that stay along one axis. */
function take(
  values: Float32Array,
  shape: readonly number[],
  axis: number,
  kept: Kept,
): Float32Array {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  const [outer, inner] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const taken = new Float32Array(outer * kept.length * inner);
  let to = 0;
  for (let o = 0; o < outer; o++) {
    for (const position of kept) {
      const from = (o * shape[axis]! + position) * inner;
      for (let i = 0; i < inner; i++) taken[to++] = values[from + i]!;
    }
  }
  return taken;
}
