/**
 * Which channels of a network stand or fall together. Every layer that makes channels of its own numbers them anew;
 * layers that treat channel by channel hand the numbers on, and sums join the numbers of what they add. A channel can
 * be cut once it is known who makes it and who reads it.
 */
import type { LayerNode, ModelGraph } from '../model-graph/model-graph.ts';
import { normalizesLastAxis } from '../quantization/fold-batch-norm.ts';

/** The channels of a network. */
export interface ChannelClasses {
  /** For each node, the class of each entry along the last axis of its output. */
  readonly of: readonly Int32Array[];
  /** Classes that must stay, and why. */
  readonly locked: ReadonlyMap<number, string>;
}

/** Layers that make channels, each out of all that they read. @internal */
export const MAKES_CHANNELS: ReadonlySet<string> = new Set([
  'Conv1D',
  'Conv2D',
  'Dense',
  'SeparableConv2D',
]);

/** Layers that treat each channel by itself. */
const CHANNELWISE = new Set([
  'Activation',
  'AlphaDropout',
  'AveragePooling1D',
  'AveragePooling2D',
  'BatchNormalization',
  'Cropping2D',
  'Dropout',
  'ELU',
  'GaussianDropout',
  'GaussianNoise',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling1D',
  'GlobalMaxPooling2D',
  'LeakyReLU',
  'MaxPooling1D',
  'MaxPooling2D',
  'PReLU',
  'ReLU',
  'RepeatVector',
  'SpatialDropout1D',
  'ThresholdedReLU',
  'UpSampling2D',
  'ZeroPadding2D',
]);

/** Layers that take the same channel of all that they read. */
const ELEMENTWISE = new Set(['Add', 'Average', 'Maximum', 'Minimum', 'Multiply']);

/** Activations that make each channel depend on all others. */
const MIXING = ['softmax', 'logSoftmax'];

/** Numbers that can be joined. */
class Classes {
  readonly #parents: number[] = [];
  readonly #locks: [id: number, reason: string][] = [];

  fresh(count: number): Int32Array {
    const first = this.#parents.length;
    for (let i = 0; i < count; i++) this.#parents.push(first + i);
    return Int32Array.from({ length: count }, (_, i) => first + i);
  }

  find(id: number): number {
    let root = id;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    for (let at = id; at !== root;) {
      const next = this.#parents[at]!;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }

  join(a: Int32Array, b: Int32Array): void {
    a.forEach((id, i) => (this.#parents[this.find(id)] = this.find(b[i]!)));
  }

  lock(ids: Int32Array, reason: string): void {
    for (const id of new Set(ids)) this.#locks.push([id, reason]);
  }

  /** Of several reasons the last. */
  locked(): Map<number, string> {
    return new Map(this.#locks.map(([id, reason]) => [this.find(id), reason]));
  }
}

/** @internal */
export function channelClasses({ nodes, outputs }: ModelGraph): ChannelClasses {
  const classes = new Classes();
  const of: Int32Array[] = [];
  for (const node of nodes) {
    const reads = node.inputs.map((index) => of[index]!);
    of.push(
      outputOf(
        node,
        reads,
        node.inputs.map((index) => nodes[index]!),
        classes,
      ),
    );
  }
  for (const index of outputs) classes.lock(of[index]!, 'its channels are an output of the model');
  return { of: of.map((ids) => ids.map((id) => classes.find(id))), locked: classes.locked() };
}

function outputOf(
  node: LayerNode,
  reads: Int32Array[],
  sources: LayerNode[],
  classes: Classes,
): Int32Array {
  const { className, name, outputShape } = node;
  const channels = Math.max(outputShape.at(-1) ?? 1, 1);
  if (className === 'InputLayer') {
    const own = classes.fresh(channels);
    classes.lock(own, `its channels are joined with those of the input ${name}`);
    return own;
  }
  const found = knownOutput(node, reads, sources, classes);
  if (found) return found;
  for (const ids of reads) classes.lock(ids, `${name} (${className}) reads its channels together`);
  const own = classes.fresh(channels);
  classes.lock(own, `its channels are joined with those of ${name} (${className})`);
  return own;
}

/** What comes out where it is known what a layer does with channels. */
function knownOutput(
  node: LayerNode,
  reads: Int32Array[],
  sources: LayerNode[],
  classes: Classes,
): Int32Array | undefined {
  const { className, layer, outputShape } = node;
  const config = layer.getConfig();
  const [first] = reads as [Int32Array];
  const isMixing = MIXING.includes(config['activation'] as string);
  if (config['dataFormat'] === 'channelsFirst') return undefined;
  if (MAKES_CHANNELS.has(className)) {
    const own = classes.fresh(outputShape.at(-1)!);
    if (isMixing) classes.lock(own, 'its activation mixes its channels');
    return own;
  }
  if (isMixing) return undefined;
  if (className === 'BatchNormalization' && !normalizesLastAxis(node)) return undefined;
  if (CHANNELWISE.has(className)) return first;
  if (className === 'DepthwiseConv2D') {
    const multiplier = outputShape.at(-1)! / first.length;
    return Int32Array.from(
      { length: outputShape.at(-1)! },
      (_, i) => first[Math.floor(i / multiplier)]!,
    );
  }
  if (className === 'Flatten' || className === 'Reshape') return reshaped(first, outputShape);
  const shapes = sources.map((source) => source.outputShape);
  const alike = shapes.every(
    (shape) => shape.length === shapes[0]!.length && shape.at(-1) === shapes[0]!.at(-1),
  );
  if (className === 'Concatenate') {
    const axis = config['axis'] as number;
    if (axis === -1 || axis === outputShape.length) {
      return Int32Array.from(reads.flatMap((ids) => [...ids]));
    }
  } else if (!ELEMENTWISE.has(className)) return undefined;
  if (!alike) return undefined;
  for (const ids of reads.slice(1)) classes.join(ids, first);
  return first;
}

/** The last axis kept, or all axes in one: then the channels follow each other again and again. */
function reshaped(ids: Int32Array, shape: readonly number[]): Int32Array | undefined {
  const last = shape.at(-1) ?? 1;
  if (last === ids.length) return ids;
  if (shape.length !== 1 || last < 0 || last % ids.length !== 0) return undefined;
  return Int32Array.from({ length: last }, (_, i) => ids[i % ids.length]!);
}
