import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/build/project-root.ts';
import type { Stamp } from '../stamp.ts';
import type { BrainDamageResults } from './brain-damage.ts';
import type { DeepCompressionResults } from './deep-compression.ts';
import type { StructureRow } from './structures.ts';
import type { UntrainedResults } from './untrained.ts';

/** `content/results/compression.json`: each part has a stamp of its own. */
export interface CompressionResults {
  testImages: number;
  deepCompression: { stamp: Stamp; networks: Record<string, DeepCompressionResults> };
  untrained: { stamp: Stamp; networks: Record<string, UntrainedResults> };
  brainDamage: { stamp: Stamp } & BrainDamageResults;
  structures: { stamp: Stamp; rows: StructureRow[] };
}

const folder = join(projectRoot, 'content/results');
const path = join(folder, 'compression.json');

export function readCompression(): CompressionResults {
  return JSON.parse(readFileSync(path, 'utf8')) as CompressionResults;
}

/** Replaces some parts; the others stay. */
export function updateCompression(parts: Partial<CompressionResults>): void {
  const results = { ...readCompression(), ...parts };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}

/** Where the compressed form of a network lies: committed, so that its size and its answers can be checked. */
export function compressedPath(network: string, stage: string): string {
  return join(folder, 'deep-compression', `${network}-${stage}.bin`);
}
