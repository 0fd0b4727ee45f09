/** Convolutions and dense layers as operators, with their weights in TFLite's layouts. */
import type { Padding } from '../../graph/graph.ts';
import { kernelView } from '../../model-graph/kernel-view.ts';
import type { LayerNode } from '../../model-graph/model-graph.ts';
import { channelAffine } from '../fold-batch-norm.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** What a layer becomes: the tensor that holds its output. */
export type EmitLayer = (builder: GraphBuilder, node: LayerNode, inputs: number[]) => number;

interface ConvConfig {
  strides: number | [number, number];
  padding: string;
  dilationRate: number | [number, number];
}

const pair = (value: number | number[]): [number, number] =>
  Array.isArray(value) ? [value[0]!, value[1] ?? value[0]!] : [value, value];

const paddingOf = (padding: string): Padding => (padding === 'same' ? 'SAME' : 'VALID');

/** Rows of [k, channels] become columns: TFLite keeps all weights of one output channel together. */
function channelsFirst(values: Float32Array, k: number, channels: number): Float32Array {
  const moved = new Float32Array(values.length);
  for (let p = 0, i = 0; p < k; p++) {
    for (let c = 0; c < channels; c++, i++) moved[c * k + p] = values[i]!;
  }
  return moved;
}

function biasOf(builder: GraphBuilder, { layer, name }: LayerNode): number {
  const bias = layer.getWeights()[1];
  if (!bias) return -1;
  return builder.floats(`${name}/bias`, bias.shape, bias.dataSync().slice() as Float32Array);
}

const windowOf = (config: ConvConfig) => {
  const [strideHeight, strideWidth] = pair(config.strides);
  const [dilationHeight, dilationWidth] = pair(config.dilationRate ?? 1);
  const padding = paddingOf(config.padding);
  return { padding, strideHeight, strideWidth, dilationHeight, dilationWidth };
};

/** Conv2D: HWIO → OHWI. @internal */
export const emitConv2D: EmitLayer = (builder, node, [input]) => {
  const { values, k, channels, shape } = kernelView(node)!;
  const [height, width, depth] = shape as [number, number, number];
  const filter = builder.floats(
    `${node.name}/kernel`,
    [channels, height, width, depth],
    channelsFirst(values, k, channels),
  );
  const options = windowOf(node.layer.getConfig() as unknown as ConvConfig);
  return builder.add(
    { code: 'CONV_2D', options: { ...options, activation: 'NONE' } },
    [input!, filter, biasOf(builder, node)],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

/** Conv1D as a convolution over images of one row. @internal */
export const emitConv1D: EmitLayer = (builder, node, [input]) => {
  const { values, k, channels, shape } = kernelView(node)!;
  const [width, depth] = shape as [number, number];
  const config = node.layer.getConfig() as unknown as ConvConfig;
  const [, length] = builder.tensors[input!]!.shape as [number, number];
  const [outLength] = node.outputShape as [number];
  const filter = builder.floats(
    `${node.name}/kernel`,
    [channels, 1, width, depth],
    channelsFirst(values, k, channels),
  );
  const image = reshape(builder, `${node.name}/as_image`, input!, [1, 1, length, depth]);
  const options = { ...windowOf(config), strideHeight: 1, dilationHeight: 1 };
  const convolved = builder.add(
    { code: 'CONV_2D', options: { ...options, activation: 'NONE' } },
    [image, filter, biasOf(builder, node)],
    builder.tensor(`${node.name}/image`, [1, 1, outLength, channels]),
  );
  return reshape(builder, node.name, convolved, [1, ...node.outputShape]);
};

/** DepthwiseConv2D: [height, width, in, multiplier] → 1HWC, which lies in memory alike. @internal */
export const emitDepthwise: EmitLayer = (builder, node, [input]) => {
  const { values, channels, shape } = kernelView(node)!;
  const [height, width, , depthMultiplier] = shape as [number, number, number, number];
  const filter = builder.floats(`${node.name}/kernel`, [1, height, width, channels], values);
  const options = windowOf(node.layer.getConfig() as unknown as ConvConfig);
  return builder.add(
    { code: 'DEPTHWISE_CONV_2D', options: { ...options, depthMultiplier, activation: 'NONE' } },
    [input!, filter, biasOf(builder, node)],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

/** Dense: [in, out] → [out, in]. @internal */
export const emitDense: EmitLayer = (builder, node, [input]) => {
  const { values, k, channels } = kernelView(node)!;
  const weights = builder.floats(
    `${node.name}/kernel`,
    [channels, k],
    channelsFirst(values, k, channels),
  );
  const keepNumDims = node.outputShape.length > 1;
  return builder.add(
    { code: 'FULLY_CONNECTED', options: { activation: 'NONE', keepNumDims } },
    [input!, weights, biasOf(builder, node)],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

/** A batch normalization that could not be folded: a depthwise convolution with windows of one pixel. @internal */
export const emitBatchNorm: EmitLayer = (builder, node, [input]) => {
  const { factor, shift } = channelAffine(node);
  const channels = factor.length;
  return builder.add(
    {
      code: 'DEPTHWISE_CONV_2D',
      options: {
        padding: 'VALID',
        strideHeight: 1,
        strideWidth: 1,
        dilationHeight: 1,
        dilationWidth: 1,
        depthMultiplier: 1,
        activation: 'NONE',
      },
    },
    [
      input!,
      builder.floats(`${node.name}/kernel`, [1, 1, 1, channels], factor),
      builder.floats(`${node.name}/bias`, [channels], shift),
    ],
    builder.tensor(node.name, [1, ...node.outputShape]),
  );
};

/** The same values under another shape. @internal */
export function reshape(
  builder: GraphBuilder,
  name: string,
  input: number,
  shape: readonly number[],
): number {
  return builder.add(
    { code: 'RESHAPE', options: { newShape: shape } },
    [input, builder.integers(`${name}/shape`, shape)],
    builder.tensor(name, shape),
  );
}
