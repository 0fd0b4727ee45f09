import { classCase } from '../config/case.ts';
import type { Hdf5Object } from '../hdf5/hdf5-file.ts';
import { weightLeft, weightMissing, type WeightScope } from './weight-scope.ts';

/**
 * The weights of a `.keras` file: `layers/conv2d_1/vars/0` is the first weight of the second layer of class Conv2D. The
 * names of the layers themselves do not matter.
 *
 * @see `_save_state` and `_save_container_state`, keras/src/saving/saving_lib.py
 * @internal
 */
export function numberedWeights(root: Hdf5Object): WeightScope {
  // Keras 2.13 called the list of layers otherwise.
  const layers = ['layers', '_layer_checkpoint_dependencies'].find((name) => root.find(name));
  return openScope(root, '', layers ?? 'layers', 'the model');
}

function openScope(root: Hdf5Object, path: string, layersName: string, title: string): WeightScope {
  const counts = new Map<string, number>();
  const inner: WeightScope[] = [];
  let taken = 0;
  const open = (at: string, name: string): WeightScope => {
    const scope = openScope(root, path === '' ? at : `${path}/${at}`, layersName, name);
    inner.push(scope);
    return scope;
  };
  return {
    layer(name, className) {
      const plain = classCase(className);
      const count = counts.get(plain) ?? 0;
      counts.set(plain, count + 1);
      return open(`${layersName}/${count === 0 ? plain : `${plain}_${count}`}`, name);
    },
    part: (attribute, name) => open(attribute, name),
    take(name) {
      const at = `${path}/vars/${taken++}`;
      const object = root.find(at);
      if (!object) throw weightMissing(title, name);
      return { path: at, dataset: object.dataset() };
    },
    finish() {
      const vars = root.find(`${path}/vars`);
      const left = vars ? vars.names.length - taken : 0;
      if (left > 0)
        throw weightLeft(vars!.names.slice(-left).map((name) => `${path}/vars/${name}`));
      for (const scope of inner) scope.finish();
    },
  };
}
