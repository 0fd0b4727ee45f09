import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';

/** The file of weights that a model.json names, or undefined where there is none of that name. */
export type ShardReader = (name: string) => Promise<Uint8Array | undefined>;

/** A model.json is text; no real one is longer. */
const MOST_JSON = 32 * 2 ** 20;
const MOST_WEIGHTS = 2 ** 30;

/**
 * Opens a model as TensorFlow.js keeps it: a model.json and the files of weights that it names.
 *
 * @param json - bytes of model.json
 * @param readShard - gives the files beside it; names with a path are never asked for
 * @throws ReaderError `model-json-invalid`, `model-json-is-graph`, `model-shard-name`, `model-shard-missing`,
 *   `model-shards-do-not-fit`
 */
export async function openTfjsModel(
  json: Uint8Array,
  readShard: ShardReader,
): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = parse(json);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const shards: Uint8Array[] = [];
  let length = 0;
  for (const name of weightsManifest.flatMap(({ paths }) => paths)) {
    if (typeof name !== 'string' || !/^[\w.() -]{1,200}$/.test(name) || name.startsWith('..')) {
      throw invalid('model-shard-name', `it names the file of weights ${JSON.stringify(name)}`);
    }
    const shard = await readShard(name);
    if (!shard) throw missing(name);
    length += shard.length;
    if (length > MOST_WEIGHTS) throw invalid('model-shards-do-not-fit', 'its weights pass 1 GB');
    shards.push(shard);
  }
  const weightData = new Uint8Array(length);
  let at = 0;
  for (const shard of shards) {
    weightData.set(shard, at);
    at += shard.length;
  }
  try {
    return await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weightData.buffer }),
    );
  } catch (error) {
    throw invalid('model-json-invalid', error instanceof Error ? error.message : String(error));
  }
}

function parse(json: Uint8Array): tf.io.ModelJSON {
  if (json.length > MOST_JSON) throw invalid('model-json-invalid', 'it is longer than 32 MB');
  let model: unknown;
  try {
    model = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw invalid('model-json-invalid', 'it is no JSON');
  }
  const { modelTopology, weightsManifest, format } = (model ?? {}) as Partial<tf.io.ModelJSON>;
  if (format === 'graph-model') {
    throw new ReaderError({
      code: 'model-json-is-graph',
      explain: 'This model.json holds a graph of operators and no layers.',
      hint: 'Convert the Keras model with tensorflowjs_converter --output_format=tfjs_layers_model, or bring its .h5 or .keras.',
    });
  }
  const isManifest =
    Array.isArray(weightsManifest) &&
    weightsManifest.every((group) => Array.isArray(group?.paths) && Array.isArray(group?.weights));
  if (typeof modelTopology !== 'object' || modelTopology === null || !isManifest) {
    throw invalid('model-json-invalid', 'it has no modelTopology or no weightsManifest');
  }
  return model as tf.io.ModelJSON;
}

function invalid(code: string, what: string): ReaderError {
  return new ReaderError({
    code,
    explain: `The model.json cannot be opened: ${what}.`,
    hint: 'Write it again with model.save in TensorFlow.js.',
  });
}

function missing(name: string): ReaderError {
  return new ReaderError({
    code: 'model-shard-missing',
    explain: `The file of weights ${name}, which model.json names, is not there.`,
    hint: 'Put it beside model.json, or bring all files together.',
  });
}
