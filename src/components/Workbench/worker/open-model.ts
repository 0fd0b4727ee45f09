import type * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../../engine/keras/index.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { openTfjsModel } from '../../../workbench/tfjs-model.ts';
import type { ModelSource } from '../protocol.ts';
import { readFile } from './read-file.ts';

/** What is on the bench. */
export type Opened = { name: string; fileBytes: number } & (
  { kind: 'model'; model: tf.LayersModel } | { kind: 'tflite'; bytes: Uint8Array }
);

/** Reads a model from wherever it is; nothing is kept when it is refused. */
export const openModel = async (source: ModelSource, base: string): Promise<Opened> => {
  if (source.from === 'book') return openBookModel(source.name, base);
  const json = source.files.find(({ name }) => /\.json$/i.test(name));
  if (json) return openJsonModel(json, source.files);
  const [file, ...others] = source.files;
  if (!file || others.length > 0) {
    throw new ReaderError({
      code: 'one-model',
      explain: `${source.files.length} files came; one model at a time goes on the bench.`,
      hint: 'Drop one .h5, .keras or .tflite, or a model.json together with its .bin files.',
    });
  }
  const bytes = await readFile(file);
  const known = { name: file.name, fileBytes: bytes.length };
  if (/\.tflite$/i.test(file.name) || isTflite(bytes)) return { ...known, kind: 'tflite', bytes };
  return { ...known, kind: 'model', model: await loadModel(bytes) };
};

const isTflite = (bytes: Uint8Array): boolean =>
  String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3';

/** One of the models under public/models. */
const openBookModel = async (name: string, base: string): Promise<Opened> => {
  let fileBytes = 0;
  const get = async (path: string): Promise<Uint8Array> => {
    const response = await fetch(`${base}models/${name}/${path}`).catch(() => undefined);
    if (!response?.ok) throw notFetched(name, path, response?.status);
    const bytes = new Uint8Array(await response.arrayBuffer());
    fileBytes += bytes.length;
    return bytes;
  };
  const model = await openTfjsModel(await get('model.json'), get);
  return { kind: 'model', name, fileBytes, model };
};

/** A model.json of the reader's own, with the files of weights that came with it. */
const openJsonModel = async (json: File, files: readonly File[]): Promise<Opened> => {
  let fileBytes = json.size;
  const model = await openTfjsModel(await readFile(json), async (name) => {
    const shard = files.find((file) => file.name === name);
    if (!shard) return undefined;
    fileBytes += shard.size;
    return readFile(shard);
  });
  return { kind: 'model', name: json.name, fileBytes, model };
};

const notFetched = (name: string, path: string, status: number | undefined): ReaderError =>
  new ReaderError({
    code: 'file-not-loaded',
    explain: `The book’s model ${name} could not be fetched.`,
    elaborate:
      status === undefined
        ? 'There is no connection, and it has not been fetched before.'
        : `${path}: the server answered ${status}.`,
    hint: 'Check the connection and choose it again.',
  });
