/**
 * Layers between which a factor can move: what divides an output channel of the first, and multiplies the weights
 * that read it in the second, leaves the model's function as it was, as long as f(s·x) = s·f(x) for all between.
 */
import * as tf from '@tensorflow/tfjs';
import { kernelView, type KernelView } from '../model-graph/kernel-view.ts';
import type { LayerNode, ModelGraph } from '../model-graph/model-graph.ts';

/** Two layers, and the channels between them. */
export interface ChannelPair {
  first: KernelView;
  second: KernelView;
  /** Output channels of the first, which are what the second reads. */
  channels: number;
}

/** Layers for which f(s·x) = s·f(x) for s > 0, channel by channel, which do not mix channels. */
const HOMOGENEOUS = new Set([
  'AveragePooling2D',
  'Dropout',
  'Flatten',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'MaxPooling2D',
  'ZeroPadding2D',
]);

/** Whether the layer lets a positive factor through. */
function letsThrough({ className, layer }: LayerNode): boolean {
  const config = layer.getConfig();
  if (className === 'Activation')
    return ['relu', 'linear'].includes(config['activation'] as string);
  if (className === 'ReLU') return config['maxValue'] === null || config['maxValue'] === undefined;
  return HOMOGENEOUS.has(className);
}

/** Pairs of a model whose activations are layers of their own, in the order in which the layers run. @internal */
export function channelPairs({ nodes, outputs }: ModelGraph): ChannelPair[] {
  const pairs: ChannelPair[] = [];
  for (const [index, node] of nodes.entries()) {
    const first = kernelView(node);
    if (!first) continue;
    let at = index;
    let reader = nodes[index]!;
    do {
      if (reader.readers.length !== 1 || outputs.includes(at)) break;
      at = reader.readers[0]!;
      reader = nodes[at]!;
    } while (letsThrough(reader));
    const second = at === index ? undefined : kernelView(reader);
    if (second) pairs.push({ first, second, channels: first.channels });
  }
  return pairs;
}

/** The input channel that weight i of a kernel reads. After Flatten the channels follow each other again and again. @internal */
export function inputChannelOf(view: KernelView, channels: number): (i: number) => number {
  if (view.node.className === 'DepthwiseConv2D') {
    const multiplier = view.channels / channels;
    return (i) => Math.floor((i % view.channels) / multiplier);
  }
  return (i) => Math.floor(i / view.channels) % channels;
}

/** max|w| over what makes each output channel. @internal */
export function outputMagnitudes({ values, channels }: KernelView): Float32Array {
  const found = new Float32Array(channels);
  values.forEach((w, i) => (found[i % channels] = Math.max(found[i % channels]!, Math.abs(w))));
  return found;
}

/** max|w| over what reads each input channel. @internal */
export function inputMagnitudes(view: KernelView, channels: number): Float32Array {
  const found = new Float32Array(channels);
  const channelOf = inputChannelOf(view, channels);
  view.values.forEach((w, i) => {
    const c = channelOf(i);
    found[c] = Math.max(found[c]!, Math.abs(w));
  });
  return found;
}

/** Divides the first layer's output channels by the factors, bias too, and multiplies what reads them. @internal */
export function moveFactors({ first, second, channels }: ChannelPair, factors: Float32Array): void {
  const channelOf = inputChannelOf(second, channels);
  tf.tidy(() => {
    const [, bias] = first.layer.getWeights();
    first.layer.setWeights([
      tf.tensor(
        first.values.map((w, i) => w / factors[i % channels]!),
        [...first.shape],
      ),
      ...(bias ? [tf.div(bias, tf.tensor1d(factors))] : []),
    ]);
    const [, ...others] = second.layer.getWeights();
    second.layer.setWeights([
      tf.tensor(
        second.values.map((w, i) => w * factors[channelOf(i)]!),
        [...second.shape],
      ),
      ...others,
    ]);
  });
}
