import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { projectRoot } from '../../src/build/project-root.ts';

/** Where a model's files stand. */
export const modelFolder = (name: string): string => join(projectRoot, 'public', 'models', name);

/** Files that training writes; CHECKSUMS lists them in this order. */
const FILES = ['model.json', 'weights.bin', 'training-log.json'] as const;

/** What is kept of a training: which model, and whatever tells how it went. */
export interface TrainingLog {
  model: string;
  [fact: string]: unknown;
}

/** Writes model.json and weights.bin in TensorFlow.js format, the log, and CHECKSUMS over the three. */
export async function writeModelFiles(model: tf.LayersModel, log: TrainingLog): Promise<void> {
  const artifacts = await artifactsOf(model);
  const json: tf.io.ModelJSON = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
    convertedBy: null,
    modelTopology: artifacts.modelTopology!,
    weightsManifest: [{ paths: ['weights.bin'], weights: artifacts.weightSpecs! }],
  };
  const folder = modelFolder(log.model);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(json, null, 1)}\n`);
  await writeFile(join(folder, 'weights.bin'), weightBytes(artifacts));
  await writeFile(join(folder, 'training-log.json'), `${JSON.stringify(log, null, 2)}\n`);
  await writeFile(join(folder, 'CHECKSUMS'), await checksums(log.model));
}

/** CHECKSUMS as a model's files on disk demand it, in the format of `sha256sum`. */
export async function checksums(name: string): Promise<string> {
  const lines = await Promise.all(
    FILES.map(
      async (file) => `${sha256(await readFile(join(modelFolder(name), file)))}  ${file}\n`,
    ),
  );
  return lines.join('');
}

/** SHA-256 of a model's weights as they would be stored. */
export async function weightsHash(model: tf.LayersModel): Promise<string> {
  return sha256(weightBytes(await artifactsOf(model)));
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return saved!;
}

function weightBytes(artifacts: tf.io.ModelArtifacts): Uint8Array {
  return new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
