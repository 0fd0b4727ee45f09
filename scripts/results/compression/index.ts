import type { MnistSet } from '../../../src/build/mnist.ts';
import { stampOf } from '../stamp.ts';
import { brainDamageResults } from './brain-damage.ts';
import { deepCompressionResults } from './deep-compression.ts';
import { NETWORKS } from './networks.ts';
import { readCompression, updateCompression, type CompressionResults } from './results-file.ts';
import { structureResults } from './structures.ts';
import { UNTRAINED_NETWORKS, untrainedResults } from './untrained.ts';

/** What each part is made from, besides the images. */
export const MADE = {
  deepCompression: {
    code: 'scripts/results/compression/deep-compression.ts',
    models: Object.keys(NETWORKS),
  },
  untrained: {
    code: 'scripts/results/compression/untrained.ts',
    models: [...UNTRAINED_NETWORKS],
  },
  brainDamage: {
    code: 'scripts/results/compression/brain-damage.ts',
    models: ['lenet-300-100'],
  },
  structures: { code: 'scripts/results/compression/structures.ts', models: ['lenet-5'] },
};

// Stamps are made before the work begins: they are of the code that does it.

/** All networks, or those named; half an hour on two cores. */
export async function writeDeepCompression(
  train: MnistSet,
  test: MnistSet,
  only: readonly string[],
): Promise<void> {
  const names = Object.keys(NETWORKS) as (keyof typeof NETWORKS)[];
  const before = readCompression().deepCompression;
  const stamp =
    only.length > 0
      ? before.stamp
      : await stampOf({ ...MADE.deepCompression, images: { train, test } });
  const networks = { ...before.networks };
  for (const name of names.filter((name) => only.length === 0 || only.includes(name))) {
    networks[name] = await deepCompressionResults(name, train, test);
    updateCompression({ testImages: test.count, deepCompression: { stamp, networks } });
  }
}

export async function writeBrainDamage(train: MnistSet, test: MnistSet): Promise<void> {
  const stamp = await stampOf({ ...MADE.brainDamage, images: { train, test } });
  updateCompression({ brainDamage: { stamp, ...(await brainDamageResults(train, test)) } });
}

export async function writeStructures(train: MnistSet, test: MnistSet): Promise<void> {
  const stamp = await stampOf({ ...MADE.structures, images: { train, test } });
  updateCompression({ structures: { stamp, rows: await structureResults(train, test) } });
}

export async function writeUntrained(train: MnistSet, test: MnistSet): Promise<void> {
  const stamp = await stampOf({ ...MADE.untrained, images: { train, test } });
  const networks: CompressionResults['untrained']['networks'] = {};
  for (const name of UNTRAINED_NETWORKS) networks[name] = await untrainedResults(name, test);
  updateCompression({ untrained: { stamp, networks } });
}
