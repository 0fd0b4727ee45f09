import { ReaderError } from '../../shared/reader-error.ts';
import { parseConfig, type JsonObject } from './config/parse-json.ts';
import { MOST_TEXT_BYTES, openHdf5, type Hdf5Object } from './hdf5/hdf5-file.ts';
import { findHdf5 } from './hdf5/superblock.ts';
import { namedWeights } from './weights/named-weights.ts';
import { numberedWeights } from './weights/numbered-weights.ts';
import type { WeightScope } from './weights/weight-scope.ts';
import { isZip, readZip } from './zip/read-zip.ts';

/** A model in a file: its configuration, and where its weights are. */
export interface KerasFile {
  config: JsonObject;
  weights: WeightScope;
}

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
/** What the weights may unpack to where the zip is small. */
const LEAST_WEIGHTS_ALLOWANCE = 16 * 2 ** 20;
const WEIGHTS_PER_FILE_BYTE = 8;

/**
 * Opens a file of either format. What it is, its first bytes say, and not its name.
 *
 * @throws ReaderError `keras-not-a-model-file`, `keras-weights-only`, `keras-no-config`, and those of HDF5, zip and JSON
 * @internal
 */
export function openKerasFile(bytes: Uint8Array): KerasFile {
  if (isZip(bytes)) return openZip(bytes);
  const start = findHdf5(bytes);
  if (start === undefined) throw notAModelFile(bytes);
  const file = openHdf5(bytes, start);
  const text = file.texts('model_config')?.[0];
  if (text === undefined) throw noConfig(file);
  const weights = file.find('model_weights');
  if (!weights) {
    throw new ReaderError({
      code: 'keras-no-weights',
      explain: 'The file holds the configuration of a model and none of its weights.',
      hint: 'Save the whole model with model.save.',
    });
  }
  return { config: parseConfig(text), weights: namedWeights(weights) };
}

function openZip(bytes: Uint8Array): KerasFile {
  const files = readZip(bytes);
  const config = files.get(CONFIG);
  const weights = files.get(WEIGHTS);
  if (!config || !weights) {
    const missing = config ? WEIGHTS : CONFIG;
    const names = [...files.keys()].slice(0, 6).join(', ');
    throw new ReaderError({
      code: 'keras-not-a-model-file',
      explain: `The file is a zip without ${missing}, so no model of Keras.`,
      elaborate: `It holds ${names === '' ? 'nothing' : names.slice(0, 200)}.`,
      hint: "Save the model with model.save('model.keras').",
    });
  }
  const text = decode(config(MOST_TEXT_BYTES));
  const most = Math.max(LEAST_WEIGHTS_ALLOWANCE, WEIGHTS_PER_FILE_BYTE * bytes.length);
  const unpacked = weights(most);
  const start = findHdf5(unpacked);
  if (start === undefined) throw notAModelFile(unpacked);
  return { config: parseConfig(text), weights: numberedWeights(openHdf5(unpacked, start)) };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ReaderError({
      code: 'keras-config-invalid',
      explain: `${CONFIG} is no text in UTF-8.`,
      hint: 'Save the model again with model.save in Keras.',
    });
  }
}

function noConfig(file: Hdf5Object): ReaderError {
  const { names } = file;
  const isWeights =
    file.hasAttribute('layer_names') ||
    file.hasAttribute('layer_names0') ||
    names.includes('layers') ||
    names.includes('_layer_checkpoint_dependencies');
  if (isWeights) {
    return new ReaderError({
      code: 'keras-weights-only',
      explain: 'The file holds the weights of a model alone, not its layers.',
      hint: 'Save the whole model with model.save, not model.save_weights.',
    });
  }
  return new ReaderError({
    code: 'keras-no-config',
    explain: 'The file is HDF5, and holds no model of Keras: it has no model_config.',
    elaborate: `It holds ${names.length === 0 ? 'nothing' : names.slice(0, 6).join(', ').slice(0, 200)}.`,
    hint: "Save the model with model.save('model.h5').",
  });
}

/** Files that are taken for models, by how they begin. */
const OTHERS: readonly [pattern: RegExp, name: string, hint: string][] = [
  [/^$/, 'It is empty.', 'Download it again.'],
  [
    /^\s*<(?:!doctype|html|\?xml|head)/i,
    'It is a page of HTML.',
    'The address leads to a page about the file, or to one that says that it is not there.',
  ],
  [
    /^version https:\/\/git-lfs/,
    'It is a pointer of Git LFS.',
    'The file itself is elsewhere: fetch it with git lfs pull.',
  ],
  [/^[^]{4}TFL3/, 'It is a .tflite file.', 'Open it with new Interpreter(bytes).'],
  [/^HWCM/, 'It is a compressed model of this book.', 'Open it with compression.decodeModel.'],
  [/^\s*[{[]/, 'It is JSON.', 'A model of TensorFlow.js is opened with tf.loadLayersModel.'],
  [/^\x1f\x8b/, 'It is compressed with gzip.', 'Unpack it first.'],
  [/^\x93NUMPY/, 'It is an array of NumPy.', "Save the model with model.save('model.keras')."],
];

function notAModelFile(bytes: Uint8Array): ReaderError {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  const found = OTHERS.find(([pattern]) => pattern.test(start));
  return new ReaderError({
    code: 'keras-not-a-model-file',
    explain: 'The file is no model of Keras: neither HDF5 (.h5) nor a zip (.keras).',
    elaborate: found?.[1] ?? `It has ${bytes.length} bytes.`,
    hint: found?.[2] ?? "Save the model with model.save('model.keras') or model.save('model.h5').",
  });
}
