/** Which layers are rounded where: the default 8-bit scheme of the toolkit, and what deviates from it. */
import { ReaderError } from '../../../shared/reader-error.ts';
import { requireBooleans, requireOptions } from '../../clustering/require-options.ts';
import { kernelView } from '../../model-graph/kernel-view.ts';
import type { LayerNode, ModelGraph } from '../../model-graph/model-graph.ts';
import { WrappingLayer } from '../../model-graph/wrapping-layer.ts';
import { requireInteger } from '../../numerics/arguments.ts';
import { preservationOf, type Preservation, type PreserveOptions } from './preservation.ts';
import { LastValueQuantizer, MovingAverageQuantizer, type Quantizer } from './quantizers.ts';
import type { WrapperConfig } from './quantize-wrapper.ts';

/** How many bits, and what is to stay as it is, for a model or a layer. */
export interface QuantizeConfig extends PreserveOptions {
  /** Of kernels, 2 … 8; 8 unless told. */
  weightBits?: number;
  /** Of activations, 2 … 16; 8 unless told. */
  activationBits?: number;
  /** Rounds the kernel instead of the scheme's own quantizer. */
  weightQuantizer?: Quantizer;
  /** Rounds what comes out instead of the scheme's own quantizer. */
  outputQuantizer?: Quantizer;
  /** Told when there is nothing to preserve; prints to the console unless told. */
  onWarning?: (message: string) => void;
}

const CONFIG_NAMES = [
  'weightBits',
  'activationBits',
  'weightQuantizer',
  'outputQuantizer',
  'preserveSparsity',
  'preserveClusters',
  'onWarning',
];

const WITH_KERNEL = new Set(['Conv1D', 'Conv2D', 'Dense', 'DepthwiseConv2D']);

/** What comes out of these has a range of its own. */
const WITH_OUTPUT = new Set([
  'Activation',
  'Add',
  'AveragePooling2D',
  'BatchNormalization',
  'Concatenate',
  'GlobalAveragePooling2D',
  'ReLU',
  'UpSampling2D',
]);

/** These only move values, or have done so once trained. */
const WITHOUT = new Set([
  'Dropout',
  'Flatten',
  'GaussianDropout',
  'GaussianNoise',
  'GlobalMaxPooling2D',
  'InputLayer',
  'MaxPooling2D',
  'Reshape',
  'Softmax',
  'SpatialDropout2D',
  'ZeroPadding2D',
]);

/** Where an activation is rounded. What is fixed by the function itself needs no range after it. */
const ACTIVATIONS: Record<string, { before: boolean; after: boolean }> = {
  linear: { before: false, after: true },
  relu: { before: false, after: true },
  relu6: { before: false, after: true },
  swish: { before: false, after: true },
  gelu: { before: true, after: true },
  sigmoid: { before: true, after: false },
  softmax: { before: true, after: false },
  tanh: { before: true, after: false },
};

/** Checks a configuration. @internal */
export function requireQuantizeConfig(config: QuantizeConfig): void {
  requireOptions(config, CONFIG_NAMES);
  const { weightBits = 8, activationBits = 8, preserveSparsity, preserveClusters } = config;
  requireInteger('weightBits', weightBits, 2, 8);
  requireInteger('activationBits', activationBits, 2, 16);
  requireBooleans({ preserveSparsity, preserveClusters });
}

/** What is rounded in a layer; undefined where nothing is. @internal */
export function wrapperConfig(
  graph: ModelGraph,
  node: LayerNode,
  config: QuantizeConfig,
): WrapperConfig | undefined {
  const { className } = node;
  if (WITHOUT.has(className)) return undefined;
  if (!WITH_KERNEL.has(className) && !WITH_OUTPUT.has(className)) throw unsupported(node);
  const activation = activationOf(node);
  const places = ACTIVATIONS[activation];
  if (!places) throw unsupported(node);
  const output = (): Quantizer =>
    config.outputQuantizer ?? new MovingAverageQuantizer({ numBits: config.activationBits ?? 8 });
  // An activation by itself reads what was rounded already.
  const before = places.before && (className !== 'Activation' || activation === 'gelu');
  const after = places.after && !continuesInto(graph, node);
  const { preserveSparsity, preserveClusters } = config;
  const view = preserveSparsity || preserveClusters ? kernelView(node) : undefined;
  const preserve = view && preservationOf(view, config);
  return {
    activation,
    weights: WITH_KERNEL.has(className) ? weightQuantizer(node, config, preserve).config : null,
    beforeActivation: before ? output().config : null,
    output: after ? output().config : null,
    ...(preserve && { preserve }),
  };
}

function activationOf({ className, layer }: LayerNode): string {
  if (!WITH_KERNEL.has(className) && className !== 'Activation') return 'linear';
  return layer.getConfig()['activation'] as string;
}

/** Whether the reader is a normalization or ReLU that becomes one operator with this layer: only its output is rounded. */
function continuesInto({ nodes, outputs }: ModelGraph, node: LayerNode): boolean {
  const index = nodes.indexOf(node);
  if (node.readers.length !== 1 || outputs.includes(index)) return false;
  if (activationOf(node) !== 'linear' || node.className === 'ReLU') return false;
  const reader = nodes[node.readers[0]!]!;
  const isReLU =
    reader.className === 'ReLU' ||
    (reader.className === 'Activation' && ['relu', 'relu6'].includes(activationOf(reader)));
  const startsPattern = WITH_KERNEL.has(node.className) || node.className === 'Add';
  if (reader.className === 'BatchNormalization') return WITH_KERNEL.has(node.className);
  return isReLU && (startsPattern || node.className === 'BatchNormalization');
}

/**
 * Convolutions have a scale for each output channel and dense layers one. Depthwise ones have one for each input
 * channel: the toolkit takes the last axis, the depth multiplier, which is one scale for all where that is 1.
 *
 * Where values of the whole kernel are preserved there is one scale, so that each value stays one integer; the toolkit
 * keeps a scale for each output channel there, and a value of the kernel becomes one integer a channel.
 */
function weightQuantizer(
  { name, className }: LayerNode,
  { weightQuantizer: given, weightBits: numBits = 8 }: QuantizeConfig,
  preserve: Preservation | undefined,
): Quantizer {
  const isShared = preserve?.clusters?.length === 1;
  if (given) {
    if (isShared && given.config.perAxis !== null) throw needsOneScale(name);
    return given;
  }
  const perAxis =
    isShared || className === 'Dense' ? null : className === 'DepthwiseConv2D' ? 2 : -1;
  return new LastValueQuantizer({ numBits, perAxis, symmetric: true, narrowRange: true });
}

function needsOneScale(name: string): ReaderError {
  return new ReaderError({
    code: 'clusters-need-one-scale',
    explain: `The weightQuantizer has a scale for each index of an axis; the layer ${name} shares its values between them.`,
    elaborate:
      'A value that is shared would become several integers, and preserveClusters is to keep their number.',
    hint: 'Leave perAxis away, or cluster with clusterPerChannel.',
  });
}

function unsupported({ name, className, layer }: LayerNode): ReaderError {
  const activation = layer.getConfig()['activation'];
  const what = typeof activation === 'string' ? `${className}, ${activation}` : className;
  return new ReaderError({
    code: 'layer-unsupported',
    explain: `The layer ${name} (${what}) cannot be trained quantized.`,
    elaborate: `The layers that can are ${[...WITH_KERNEL, ...WITH_OUTPUT, ...WITHOUT].join(', ')}; the activations ${Object.keys(ACTIVATIONS).join(', ')}.`,
    hint:
      layer instanceof WrappingLayer
        ? 'It is wrapped for pruning or clustering: call stripPruning or stripClustering on the model first.'
        : 'Replace it, or annotate only the other layers with quantizeAnnotateLayer and call quantizeApply.',
  });
}
