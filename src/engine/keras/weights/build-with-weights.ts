import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../../shared/reader-error.ts';
import { layerParts, type LayerPart } from './layer-parts-of.ts';
import type { WeightScope } from './weight-scope.ts';

type Layer = tf.layers.Layer;
type AddWeight = Layer['addWeight'];
type Variable = ReturnType<AddWeight>;

/** What TensorFlow.js hides from those that do not extend it. */
interface Builder {
  name: string;
  addWeight?: AddWeight;
}

/** A variable with the values it has in the file. */
interface Given {
  variable: Variable;
  values: Float32Array | Int32Array;
}

/**
 * Lets a layer be built with the weights of a file. Each weight comes into being with its values, and a layer can add
 * none but those that the file holds, of the shape it has there: whatever size a configuration claims, no memory is
 * taken for it.
 *
 * @param made - where variables are noted, so that they can be disposed of if something fails later
 * @throws ReaderError `keras-weight-missing`, `keras-weight-shape`
 * @internal
 */
export function buildWithWeights<T>(
  layer: Layer,
  scope: WeightScope,
  made: Variable[],
  build: () => T,
): T {
  const given: Given[] = [];
  const parts = layerParts(layer);
  const scopes = new Map<LayerPart, WeightScope>();
  for (const part of parts) {
    const outer = part.within ? scopes.get(part.within)! : scope;
    const own = part.within ? outer.part(part.attribute, part.layer.name) : scope;
    scopes.set(part, own);
    intercept(part.layer, own, given, made);
    // Layers that look at their weights as soon as they are built leave those of a file alone.
    part.layer.setFastWeightInitDuringBuild(true);
  }
  try {
    return build();
  } finally {
    for (const part of parts) {
      delete (part.layer as unknown as Builder).addWeight;
      part.layer.setFastWeightInitDuringBuild(false);
    }
    // Others write into weights when they are built.
    if (parts.length > 1) tf.tidy(() => given.forEach(restore));
  }
}

function restore({ variable, values }: Given): void {
  const tensor = variable.read() as tf.Variable;
  if (tensor.isDisposed) return;
  tensor.assign(tf.tensor(values, tensor.shape, tensor.dtype));
}

function intercept(layer: Layer, scope: WeightScope, given: Given[], made: Variable[]): void {
  const builder = layer as unknown as Builder;
  const addWeight = builder.addWeight!.bind(layer);
  // An own property goes before the method of the class, for this layer alone.
  builder.addWeight = (name, shape, dtype, _, regularizer, trainable, constraint) => {
    const { dataset } = scope.take(name);
    const fits =
      dataset.shape.length === shape.length && dataset.shape.every((size, i) => size === shape[i]);
    if (!fits) throw shapeDiffers(layer.name, name, shape, dataset.shape);
    const values = dtype === 'int32' ? dataset.ints() : dataset.floats();
    const type = dtype === 'int32' ? 'int32' : 'float32';
    const initializer = { apply: () => tf.tensor(values, shape as number[], type) } as never;
    const variable = (addWeight as (...args: unknown[]) => Variable)(
      name,
      shape,
      type,
      initializer,
      regularizer,
      trainable,
      constraint,
      () => initializer,
    );
    made.push(variable);
    given.push({ variable, values });
    return variable;
  };
}

function shapeDiffers(
  layer: string,
  name: string,
  wanted: readonly (number | null)[],
  stored: readonly number[],
): ReaderError {
  const list = (shape: readonly (number | null)[]): string => `[${shape.slice(0, 8).join(', ')}]`;
  return new ReaderError({
    code: 'keras-weight-shape',
    explain: `The weight ${name} of the layer ${layer} must have the shape ${list(wanted)}; in the file it has ${list(stored)}.`,
    hint: 'Configuration and weights are not of one model: save the whole model again with model.save.',
  });
}
