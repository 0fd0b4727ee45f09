import type { Hdf5Object } from '../hdf5/hdf5-file.ts';
import { configInvalid } from '../config/parse-json.ts';
import { weightLeft, weightMissing, type StoredWeight, type WeightScope } from './weight-scope.ts';

/** A weight with the names on its path: layer/kernel:0 → [layer, kernel]. */
interface NamedWeight extends StoredWeight {
  names: string[];
}

const MOST_PIECES = 1000;

/**
 * The weights of a `.h5` file: a group for each layer, which lists the names of its weights. A model in the model is
 * one layer, and its weights are those of all its layers.
 *
 * @see `save_weights_to_hdf5_group`, keras/src/legacy/saving/legacy_h5_format.py
 * @internal
 */
export function namedWeights(group: Hdf5Object): WeightScope {
  const pools = new Map<string, NamedWeight[]>();
  const poolOf = (layer: string): NamedWeight[] => {
    const known = pools.get(layer);
    if (known) return known;
    const found = group.find(layer);
    const pool = found ? listWeights(found, layer) : [];
    pools.set(layer, pool);
    return pool;
  };
  for (const name of attributeList(group, 'layer_names')) poolOf(name);
  const scope = (names: readonly string[], pool: NamedWeight[] | undefined): WeightScope => ({
    layer: (name) => scope([...names, name], pool ?? poolOf(name)),
    part: (_, name) => scope([...names, name], pool),
    take: (name) => {
      const title = names.at(-1)!;
      const weight = pick(pool ?? [], names, name);
      if (!weight) throw weightMissing(title, name);
      pool!.splice(pool!.indexOf(weight), 1);
      return weight;
    },
    finish: () => {
      const left = [...pools.values()].flat().map(({ path }) => path);
      if (left.length > 0) throw weightLeft(left);
    },
  });
  return scope([], undefined);
}

function listWeights(group: Hdf5Object, layer: string): NamedWeight[] {
  return attributeList(group, 'weight_names').map((path) => {
    const object = group.find(path);
    if (!object) throw weightMissing(layer, path);
    const names = path.split('/');
    names.push(names.pop()!.replace(/:\d+$/, ''));
    return { path: `${layer}/${path}`, dataset: object.dataset(), names };
  });
}

/** A list of texts, which Keras cuts into name0, name1, … where it is too long for one attribute. */
function attributeList(group: Hdf5Object, name: string): string[] {
  const whole = group.texts(name);
  if (whole) return whole;
  const pieces: string[] = [];
  for (let i = 0; group.hasAttribute(`${name}${i}`); i++) {
    if (i > MOST_PIECES) throw configInvalid(`the list ${name} has no end`);
    pieces.push(...group.texts(`${name}${i}`)!);
  }
  return pieces;
}

/**
 * The weight whose last name it is. Among several that which has on its path the name of the layer, then of what
 * holds the layer, and so on outward; the first if there are several still.
 */
function pick(
  pool: readonly NamedWeight[],
  owners: readonly string[],
  name: string,
): NamedWeight | undefined {
  let found = pool.filter(({ names }) => names.at(-1) === name);
  for (const owner of owners.toReversed()) {
    if (found.length < 2) break;
    const parts = owner.split('/');
    const narrower = found.filter(({ names }) => parts.every((part) => names.includes(part)));
    if (narrower.length > 0) found = narrower;
  }
  return found[0];
}
