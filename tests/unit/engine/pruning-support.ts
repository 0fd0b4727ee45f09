import { createRng, sparsity, tf } from 'heavy-weights';

/** Prunes at every step, to half unless told. */
export const always = (targetSparsity = 0.5, beginStep = 1) =>
  new sparsity.ConstantSparsity({ targetSparsity, beginStep, frequency: 1 });

/** Never prunes. */
export const never = () => always(0.5, 1e9);

/** Sees every weight of a model, flat, in order. */
export const weightsOf = (model: tf.layers.Layer): Float32Array[] =>
  model.getWeights().map((tensor) => (tensor.dataSync() as Float32Array).slice());

/** The values of a layer's variable, by the end of its name. */
export const valuesOf = (layer: tf.layers.Layer, name: string): Float32Array => {
  const found = layer.weights.find(({ originalName }) => originalName.endsWith(`/${name}`));
  return (found!.read().dataSync() as Float32Array).slice();
};

export const zerosIn = (values: ArrayLike<number>): number =>
  Array.from(values).filter((value) => value === 0).length;

/** Saves to memory. */
export async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((each) => {
      artifacts = each;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
      });
    }),
  );
  return artifacts!;
}

/** Saves, and loads again. */
export async function reloaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  return tf.loadLayersModel(tf.io.fromMemory(await saved(model)));
}

/** A classifier of six numbers, its weights from a seed. */
export function twoDense(seed: number): tf.Sequential {
  const { dense } = tf.layers;
  const model = tf.sequential({
    name: 'two-dense',
    layers: [
      dense({ units: 8, inputShape: [6], activation: 'relu', name: 'hidden' }),
      dense({ units: 3, name: 'logits' }),
    ],
  });
  refill(model, seed);
  return model;
}

/** Gives every weight of a model a random value; those of a normalization that must be positive are. */
export function refill(model: tf.layers.Layer, seed: number): void {
  const rng = createRng(seed);
  tf.tidy(() =>
    model.setWeights(
      model.weights.map(({ originalName, shape }) => {
        const size = (shape as number[]).reduce((product, each) => product * each, 1);
        const values = /variance|gamma/.test(originalName)
          ? rng.floats(size, 0.5, 2)
          : rng.normals(size, 0, 0.4);
        return tf.tensor(values, shape as number[]);
      }),
    ),
  );
}

/** n examples of any shape, and n of another. */
export function data(
  n: number,
  input: number[],
  output: number[],
  seed = 1,
): [tf.Tensor, tf.Tensor] {
  const rng = createRng(seed);
  const make = (shape: number[]) =>
    tf.tensor(rng.normals([n, ...shape].reduce((product, each) => product * each, 1)), [
      n,
      ...shape,
    ]);
  return [make(input), make(output)];
}
