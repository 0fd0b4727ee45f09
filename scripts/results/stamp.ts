import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version_core as tensorflowVersion } from '@tensorflow/tfjs';
import { build } from 'esbuild';
import type { MnistSet } from '../../src/build/mnist.ts';
import { projectRoot } from '../../src/build/project-root.ts';

/** What a file of results was made from: name → hash or version. */
export type Stamp = Record<string, string>;

/** What results depend on. */
export interface Made {
  /** The module that computes them. */
  code: string;
  /** Models under public/models. */
  models: readonly string[];
  /** Images they were trained or tried on, by name. */
  images: Record<string, MnistSet>;
}

/**
 * Hashes of the code, the models and the images that results were made from, and the version of TensorFlow.js.
 * Committed beside the numbers; when it no longer fits, they are out of date.
 *
 * The code is hashed as esbuild's minified bundle of the module: it takes in every line of the engine
 * that the numbers depend on, and comments, layout and file names do not count. A newer
 * esbuild may name things otherwise; then `npm run results` writes a new stamp over the same numbers.
 */
export async function stampOf({ code, models, images }: Made): Promise<Stamp> {
  const files = models.flatMap((name) =>
    ['model.json', 'weights.bin'].map((file) => `public/models/${name}/${file}`),
  );
  const hashes = await Promise.all(
    files.map(async (file) => [file, sha256(await readFile(join(projectRoot, file)))] as const),
  );
  return {
    code: sha256(await bundleOf(code)),
    ...Object.fromEntries(hashes),
    ...Object.fromEntries(
      Object.entries(images).flatMap(([name, { pixels, labels }]) => [
        [`${name} images`, sha256(pixels)],
        [`${name} labels`, sha256(labels)],
      ]),
    ),
    'TensorFlow.js': tensorflowVersion,
  };
}

/** The minified bundle of a module of this repository, packages left out. */
async function bundleOf(entry: string): Promise<Uint8Array> {
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
