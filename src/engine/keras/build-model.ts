import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import { buildFunctional } from './build-functional.ts';
import type { InputSpec, LayerSpec, ModelSpec } from './config/read-model.ts';
import { WRAPPERS } from './config/wrapper-layers.ts';
import './subtract.ts';
import { buildWithWeights } from './weights/build-with-weights.ts';
import type { WeightScope } from './weights/weight-scope.ts';

type Layer = tf.layers.Layer;
type Variable = ReturnType<Layer['addWeight']>;
type LayerClass = tf.serialization.SerializableConstructor<Layer>;

/** Everything that was made for a model, in case it cannot be finished. */
export interface Build {
  made: Variable[];
}

/**
 * Makes a model with its weights, or nothing: if anything fails all that was made is disposed of.
 *
 * @throws ReaderError `keras-layer-invalid`, `keras-weight-missing`, `keras-weight-shape`, `keras-weight-unknown`,
 *   `keras-layer-cycle`, `keras-config-invalid`
 * @internal
 */
export function buildModel(spec: ModelSpec, weights: WeightScope): tf.LayersModel {
  const build: Build = { made: [] };
  try {
    const model = makeModel(spec, weights, build);
    weights.finish();
    return model;
  } catch (error) {
    for (const variable of build.made) variable.dispose();
    throw error;
  }
}

/** @internal */
export function makeModel(spec: ModelSpec, scope: WeightScope, build: Build): tf.LayersModel {
  const model =
    spec.kind === 'sequential'
      ? makeSequential(spec, scope, build)
      : buildFunctional(spec, scope, build);
  if (!spec.trainable) model.trainable = false;
  return model;
}

function makeSequential(
  spec: Extract<ModelSpec, { kind: 'sequential' }>,
  scope: WeightScope,
  build: Build,
): tf.Sequential {
  const [first, ...rest] = spec.layers;
  const startsWithInput = first?.made.kind === 'input';
  const layers = startsWithInput ? rest : spec.layers;
  const input = startsWithInput ? (first.made as InputSpec) : (layers[0]?.input ?? spec.input);
  if (layers.length === 0) throw invalid(spec.name, 'a Sequential model has no layers');
  if (!input && layers[0]!.made.kind !== 'model') {
    throw invalid(
      spec.name,
      'the shape of what comes in is not known: build the model before saving it, or begin it with keras.Input',
    );
  }
  const model = tf.sequential({ name: spec.name });
  layers.forEach((entry, index) => {
    if (entry.made.kind === 'input') throw invalid(entry.name, 'an input stands among the layers');
    const own = scope.layer(entry.name, entry.className);
    const layer = makeLayer(entry, own, build, index === 0 ? input : undefined);
    guard(entry, () => buildWithWeights(layer, own, build.made, () => model.add(layer)));
  });
  return model;
}

/** A layer of a model, not yet called on anything; a model in the model comes built. @internal */
export function makeLayer(
  { name, className, made }: LayerSpec,
  scope: WeightScope,
  build: Build,
  input?: InputSpec,
): Layer {
  if (made.kind === 'model') return makeModel({ ...made.model, name }, scope, build);
  if (made.kind === 'input') throw invalid(name, 'an input is no layer to be called');
  const { config } = made.part;
  const withInput = input
    ? { ...config, batchInputShape: input.shape, dtype: input.dtype }
    : config;
  const cls = layerClass(className);
  return guard({ name, className }, () =>
    (cls as unknown as { fromConfig: (cls: LayerClass, config: unknown) => Layer }).fromConfig(
      cls,
      withInput,
    ),
  );
}

/** The class of a name that is known: configurations are checked before they come here. */
function layerClass(className: string): LayerClass {
  const wrapper = WRAPPERS.get(className);
  if (wrapper) return wrapper as unknown as LayerClass;
  return tf.serialization.SerializationMap.getMap().classNameMap[
    className
  ]![0] as unknown as LayerClass;
}

/** What TensorFlow.js has against a layer, said of that layer. @internal */
export function guard<T>(
  { name, className }: { name: string; className: string },
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ReaderError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ReaderError({
      code: 'keras-layer-invalid',
      explain: `The layer ${name} (${className}) cannot be built as the file describes it.`,
      elaborate: message.slice(0, 300),
      hint: 'Save the model again with model.save in Keras.',
    });
  }
}

/** @internal */
export function invalid(name: string, what: string): ReaderError {
  return new ReaderError({
    code: 'keras-config-invalid',
    explain: `The configuration of ${name} makes no model: ${what}.`,
    hint: 'Save the model again with model.save in Keras.',
  });
}
