import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version_core as tensorflowVersion } from '@tensorflow/tfjs';
import { build } from 'esbuild';
import type { MnistSet } from '../../src/build/mnist.ts';
import { projectRoot } from '../../src/build/project-root.ts';

const MODEL_FILES = ['model.json', 'weights.bin'].map(
  (file) => `public/models/lenet-300-100/${file}`,
);

/**
 * What the results of chapter 1 were made from: hashes of the code, the model and the images, and the
 * version of TensorFlow.js. Committed beside the numbers; when it no longer fits, they are out of date.
 *
 * The code is hashed as esbuild's minified bundle of chapter-1.ts: it takes in every line of the engine
 * that the numbers depend on and none other, and comments, layout and file names do not count. A newer
 * esbuild may name things otherwise; then `npm run results` writes a new stamp over the same numbers.
 */
export async function chapter1Stamp(test: MnistSet): Promise<Record<string, string>> {
  const files = await Promise.all(
    MODEL_FILES.map(
      async (file) => [file, sha256(await readFile(join(projectRoot, file)))] as const,
    ),
  );
  return {
    code: sha256(await bundleOf('scripts/results/chapter-1.ts')),
    ...Object.fromEntries(files),
    'test images': sha256(test.pixels),
    'test labels': sha256(test.labels),
    'TensorFlow.js': tensorflowVersion,
  };
}

/** The minified bundle of a module of this repository, packages left out. */
export async function bundleOf(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.contents;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
