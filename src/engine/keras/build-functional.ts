import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { guard, invalid, makeLayer, type Build } from './build-model.ts';
import type { TensorRef } from './config/inbound-nodes.ts';
import type { ModelSpec, NodeSpec } from './config/read-model.ts';
import { buildWithWeights } from './weights/build-with-weights.ts';
import type { WeightScope } from './weights/weight-scope.ts';

type Layer = tf.layers.Layer;
type FunctionalSpec = Extract<ModelSpec, { kind: 'functional' }>;

/** A layer while the model is put together. */
interface Node {
  spec: NodeSpec;
  scope: WeightScope;
  layer: Layer | undefined;
  /** What came out of each call so far. */
  outputs: tf.SymbolicTensor[][];
}

/** One call of a layer, and whether it has been entered on the way to what it reads. */
interface Pending {
  node: Node;
  call: number;
  entered: boolean;
}

/**
 * Makes a functional model: each layer is called as often as it was, in an order in which what it reads is there.
 *
 * @throws ReaderError `keras-layer-cycle`, `keras-config-invalid`, and those of {@link buildWithWeights}
 * @internal
 */
export function buildFunctional(
  spec: FunctionalSpec,
  scope: WeightScope,
  build: Build,
): tf.LayersModel {
  const nodes = new Map<string, Node>();
  for (const layer of spec.layers) {
    if (nodes.has(layer.name)) throw invalid(spec.name, `two layers are called ${layer.name}`);
    const own = scope.layer(layer.name, layer.className);
    nodes.set(layer.name, { spec: layer, scope: own, layer: undefined, outputs: [] });
  }
  for (const node of nodes.values()) runCalls(node, nodes, build);
  const pick = (refs: readonly TensorRef[]): tf.SymbolicTensor[] =>
    refs.map((ref) => {
      const { node, call } = resolve(ref, nodes, spec.name, spec.format === 'keras3');
      const tensor = node.outputs[call]?.[ref.tensor];
      if (!tensor) throw noSuchOutput(ref, spec.name);
      return tensor;
    });
  const inputs = pick(spec.inputs);
  const outputs = pick(spec.outputs);
  const model = guard({ name: spec.name, className: 'Functional' }, () =>
    tf.model({ inputs, outputs, name: spec.name }),
  );
  const unused = [...nodes.values()].find(
    ({ layer }) => layer !== undefined && !model.layers.includes(layer),
  );
  if (unused) {
    throw invalid(
      spec.name,
      `nothing that comes out of it depends on the layer ${unused.spec.name}`,
    );
  }
  return model;
}

/** Calls a layer as often as it is called, after all that it reads. */
function runCalls(start: Node, nodes: ReadonlyMap<string, Node>, build: Build): void {
  // Layers can be hundreds deep: the walk keeps a stack of its own.
  const pending: Pending[] = [];
  const open = new Set<string>();
  const callsOf = ({ spec }: Node): number => (spec.made.kind === 'input' ? 1 : spec.calls.length);
  if (callsOf(start) === 0) {
    throw invalid(start.spec.name, `the layer ${start.spec.name} is called on nothing`);
  }
  pending.push({ node: start, call: callsOf(start) - 1, entered: false });
  while (pending.length > 0) {
    const top = pending.at(-1)!;
    const { node, call } = top;
    const key = `${call}/${node.spec.name}`;
    if (node.outputs.length > call) {
      open.delete(key);
      pending.pop();
      continue;
    }
    if (!top.entered) {
      if (open.has(key)) throw cycle(node.spec.name);
      open.add(key);
      top.entered = true;
      // The calls of a layer come one after the other.
      if (node.outputs.length < call) {
        pending.push({ node, call: call - 1, entered: false });
      }
      for (const ref of readsOf(node, call)) {
        const read = resolve(ref, nodes, node.spec.name, ref.isKeras3);
        if (read.node.outputs.length <= read.call) pending.push({ ...read, entered: false });
      }
      continue;
    }
    callLayer(node, call, nodes, build);
  }
}

function readsOf({ spec }: Node, call: number): readonly TensorRef[] {
  return spec.made.kind === 'input' ? [] : spec.calls[call]!;
}

function callLayer(node: Node, call: number, nodes: ReadonlyMap<string, Node>, build: Build): void {
  const { spec, scope } = node;
  if (spec.made.kind === 'input') {
    const { shape, dtype } = spec.made;
    node.outputs.push([tf.input({ batchShape: shape, dtype, name: spec.name })]);
    return;
  }
  const reads = readsOf(node, call).map((ref) => {
    const found = resolve(ref, nodes, spec.name, ref.isKeras3);
    const tensor = found.node.outputs[found.call]?.[ref.tensor];
    if (!tensor) throw noSuchOutput(ref, spec.name);
    return tensor;
  });
  node.layer ??= makeLayer(spec, scope, build);
  const { layer } = node;
  const apply = (): tf.SymbolicTensor[] =>
    [layer.apply(reads.length === 1 ? reads[0]! : reads)].flat() as tf.SymbolicTensor[];
  node.outputs.push(
    guard(spec, () =>
      call === 0 && spec.made.kind === 'layer'
        ? buildWithWeights(layer, scope, build.made, apply)
        : apply(),
    ),
  );
}

/**
 * The call that a reference means. Keras counts those of a model in the model from 1, for it was called once when it was
 * made; Keras 3 counts those of a Sequential from 0.
 */
function resolve(
  ref: TensorRef,
  nodes: ReadonlyMap<string, Node>,
  reader: string,
  isKeras3: boolean,
): { node: Node; call: number } {
  const node = nodes.get(ref.layer);
  if (!node) throw invalid(reader, `there is no layer ${ref.layer.slice(0, 80)}, which it reads`);
  const { made, calls, className } = node.spec;
  const isCountedFromOne = made.kind === 'model' && !(isKeras3 && className === 'Sequential');
  const count = made.kind === 'input' ? 1 : calls.length;
  const call = ref.node - (isCountedFromOne ? 1 : 0);
  // What is called once has one output, whichever way it was counted.
  const found = count === 1 && ref.node <= 1 ? 0 : call;
  if (found < 0 || found >= count) {
    throw invalid(reader, `the layer ${ref.layer} is not called ${ref.node + 1} times`);
  }
  return { node, call: found };
}

function noSuchOutput(ref: TensorRef, reader: string): ReaderError {
  return invalid(reader, `the layer ${ref.layer} has no output ${ref.tensor}`);
}

function cycle(name: string): ReaderError {
  return new ReaderError({
    code: 'keras-layer-cycle',
    explain: `The layer ${name} reads what comes of its own output: the layers lead in a circle.`,
    hint: 'Save the model again with model.save in Keras.',
  });
}
