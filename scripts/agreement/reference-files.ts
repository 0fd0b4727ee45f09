import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/build/project-root.ts';
import { createRng } from '../../src/shared/rng.ts';
import type { Measured } from './measure.ts';

export interface ReferenceFile extends Measured {
  title: string;
  /** Whether LiteRT takes the file as it is. */
  isTaken: boolean;
}

const EXAMPLES = 20;

const FILES = [
  { name: 'hello_world_float', size: 1, from: 0, to: 2 * Math.PI, isTaken: false },
  { name: 'hello_world_int8', size: 1, from: 0, to: 2 * Math.PI, isTaken: false },
  { name: 'pretrainedResnet_float', size: 32 * 32 * 3, from: 0, to: 255, isTaken: true },
  { name: 'pretrainedResnet_quant', size: 32 * 32 * 3, from: 0, to: 255, isTaken: false },
];

/**
 * Files of the official converter, on random inputs: a sine of TensorFlow Lite Micro and the ResNet-8 of MLPerf Tiny.
 * They stand beside the repository in some workshops; there are none where they do not.
 */
export function referenceFiles(): ReferenceFile[] {
  return FILES.flatMap(({ name, size, from, to, isTaken }) => {
    const path = join(projectRoot, '..', 'shared', 'models', `${name}.tflite`);
    if (!existsSync(path)) return [];
    const rng = createRng(221);
    const examples = Array.from({ length: EXAMPLES }, () => [rng.floats(size, from, to)]);
    return [{ title: name, bytes: new Uint8Array(readFileSync(path)), examples, isTaken }];
  });
}
