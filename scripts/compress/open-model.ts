import { basename, dirname, extname, join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../src/engine/keras/index.ts';
import { openTfjsModel } from '../../src/workbench/tfjs-model.ts';
import { readBytes } from './files.ts';

/** A model from a file, and how large that is. */
export async function openModel(
  path: string,
): Promise<{ model: tf.LayersModel; source: { name: string; bytes: number } }> {
  const file = await readBytes(path);
  let bytes = file.length;
  if (extname(path).toLowerCase() !== '.json') {
    return { model: await loadModel(file), source: { name: basename(path), bytes } };
  }
  const model = await openTfjsModel(file, async (name) => {
    const shard = await readBytes(join(dirname(path), name));
    bytes += shard.length;
    return shard;
  });
  return { model, source: { name: basename(path), bytes } };
}
