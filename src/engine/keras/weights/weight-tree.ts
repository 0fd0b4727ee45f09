import type * as tf from '@tensorflow/tfjs';
import { isModel } from '../../model-graph/clone-model.ts';
import { classCase } from '../config/case.ts';
import { groupAt, newGroup, type ArrayNode, type GroupNode } from '../hdf5/write-hdf5.ts';
import { layerParts, ownVariables, shortName, type LayerPart } from './layer-parts-of.ts';

type Layer = tf.layers.Layer;
type Variable = tf.LayerVariable;

/** Layers whose randomness has a state that Keras 3 keeps. */
const WITH_SEED = new Set([
  'AlphaDropout',
  'Dropout',
  'GRUCell',
  'GaussianDropout',
  'GaussianNoise',
  'LSTMCell',
  'SimpleRNNCell',
  'SpatialDropout1D',
]);

/** The layers of a model that Keras counts: of a Sequential not the input. @internal */
export function countedLayers(model: tf.LayersModel): Layer[] {
  const isSequential = model.getClassName() === 'Sequential';
  return model.layers.filter((layer) => !(isSequential && layer.getClassName() === 'InputLayer'));
}

/**
 * The weights of a model as `.h5` files keep them: a group for each layer, and in it the layer's weights by name, in
 * Keras's order, with a list of the names.
 *
 * @internal
 */
export function namedTree(model: tf.LayersModel): GroupNode {
  const root = newGroup();
  const layers = countedLayers(model);
  root.attributes.set(
    'layer_names',
    layers.map(({ name }) => name),
  );
  for (const layer of layers) {
    const group = groupAt(root, layer.name);
    const paths = new Map<Variable, string>();
    namePaths(layer, '', paths);
    group.attributes.set(
      'weight_names',
      layer.weights.map((variable) => paths.get(variable)!),
    );
    for (const variable of layer.weights) {
      const path = paths.get(variable)!;
      const at = path.lastIndexOf('/');
      groupAt(group, path.slice(0, at)).children.set(path.slice(at + 1), arrayOf(variable));
    }
  }
  root.children.set('top_level_model_weights', emptyList());
  return root;
}

function emptyList(): GroupNode {
  const group = newGroup();
  group.attributes.set('weight_names', []);
  return group;
}

/** Gives each weight a path: layer/kernel:0, lstm/lstm_cell/kernel:0, model/layer/kernel:0. */
function namePaths(layer: Layer, prefix: string, paths: Map<Variable, string>): void {
  const start = `${prefix}${layer.name}/`;
  if (isModel(layer)) {
    for (const each of layer.layers) namePaths(each, start, paths);
    return;
  }
  const starts = new Map<LayerPart | undefined, string>();
  for (const part of layerParts(layer)) {
    const at = part.within ? `${starts.get(part.within)!}${partName(part)}/` : start;
    starts.set(part, at);
    for (const variable of ownVariables(part.layer))
      paths.set(variable, `${at}${shortName(variable)}:0`);
  }
}

/** Cells have names by chance, and in Keras those of their class. */
function partName({ layer, attribute }: LayerPart): string {
  return attribute === 'cell' ? classCase(layer.getClassName()) : layer.name;
}

/**
 * The weights of a model as `.keras` files keep them: layers by their class and its count, weights by number.
 *
 * @internal
 */
export function numberedTree(model: tf.LayersModel): GroupNode {
  const root = newGroup();
  writeLayers(model, root);
  return root;
}

function writeLayers(model: tf.LayersModel, group: GroupNode): void {
  varsOf(group, model.name);
  const counts = new Map<string, number>();
  for (const layer of countedLayers(model)) {
    const isFunctional = isModel(layer) && layer.getClassName() !== 'Sequential';
    const plain = classCase(isFunctional ? 'Functional' : layer.getClassName());
    const count = counts.get(plain) ?? 0;
    counts.set(plain, count + 1);
    const own = groupAt(group, `layers/${count === 0 ? plain : `${plain}_${count}`}`);
    if (isModel(layer)) writeLayers(layer, own);
    else writeParts(layer, own);
  }
}

function writeParts(layer: Layer, group: GroupNode): void {
  const groups = new Map<LayerPart | undefined, GroupNode>([[undefined, group]]);
  for (const part of layerParts(layer)) {
    const own = part.within ? groupAt(groups.get(part.within)!, part.attribute) : group;
    groups.set(part, own);
    const vars = varsOf(own, partName(part));
    ownVariables(part.layer).forEach((variable, i) => vars.children.set(`${i}`, arrayOf(variable)));
    if (WITH_SEED.has(part.layer.getClassName())) writeSeed(part.layer, own);
  }
}

function varsOf(group: GroupNode, name: string): GroupNode {
  const vars = groupAt(group, 'vars');
  vars.attributes.set('name', name);
  return vars;
}

/** The state with which Keras 3 begins: the seed, and 0. */
function writeSeed(layer: Layer, group: GroupNode): void {
  const { seed } = layer as unknown as { seed?: number };
  const values = Uint32Array.of(Math.abs(seed ?? 0), 0);
  varsOf(groupAt(group, 'seed_generator'), 'seed_generator').children.set('0', {
    shape: [2],
    values,
  });
}

function arrayOf(variable: Variable): ArrayNode {
  const tensor = variable.read();
  const values = tensor.dataSync() as Float32Array | Int32Array;
  return { shape: tensor.shape, values };
}
