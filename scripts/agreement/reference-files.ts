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
const IMAGE = 32 * 32 * 3;

/** A file that stands beside the repository in some workshops; undefined where it does not. */
export function sharedFile(path: string): Uint8Array<ArrayBuffer> | undefined {
  const whole = join(projectRoot, '..', 'shared', path);
  return existsSync(whole) ? new Uint8Array(readFileSync(whole)) : undefined;
}

/** Random images of 32 × 32 colours from 0 to 255, as ResNet-8 takes them. */
export function randomImages(count: number, seed: number): Float32Array[][] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => [rng.floats(IMAGE, 0, 255)]);
}

const FILES = [
  { name: 'hello_world_float', size: 1, from: 0, to: 2 * Math.PI, isTaken: false },
  { name: 'hello_world_int8', size: 1, from: 0, to: 2 * Math.PI, isTaken: false },
  { name: 'pretrainedResnet_float', size: IMAGE, from: 0, to: 255, isTaken: true },
  { name: 'pretrainedResnet_quant', size: IMAGE, from: 0, to: 255, isTaken: false },
];

/**
 * Files of the official converter, on random inputs: a sine of TensorFlow Lite Micro and the ResNet-8 of MLPerf Tiny.
 * They stand beside the repository in some workshops; there are none where they do not.
 */
export function referenceFiles(): ReferenceFile[] {
  return FILES.flatMap(({ name, size, from, to, isTaken }) => {
    const bytes = sharedFile(`models/${name}.tflite`);
    if (!bytes) return [];
    const rng = createRng(221);
    const examples = Array.from({ length: EXAMPLES }, () => [rng.floats(size, from, to)]);
    return [{ title: name, bytes, examples, isTaken }];
  });
}
