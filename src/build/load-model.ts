import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { projectRoot } from './project-root.ts';

/** A model under public/models as TensorFlow.js runs it. Start a backend first: {@link startTensorFlow}. */
export async function loadModel(name: string): Promise<tf.LayersModel> {
  const folder = join(projectRoot, 'public', 'models', name);
  const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const paths = json.weightsManifest.flatMap((group) => group.paths);
  const bytes = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(folder, path)))));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: Uint8Array.from(bytes).buffer,
    }),
  );
}
