import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { MnistSet } from '../../src/build/mnist.ts';

export interface Batch {
  /** size × 784 values in [0, 1]. */
  images: Float32Array;
  labels: Uint8Array;
  size: number;
}

/**
 * One epoch of shuffled batches, every image moved by up to `maxShift` pixels each way. The last,
 * smaller batch is kept.
 */
export function* shuffledBatches(
  set: MnistSet,
  batchSize: number,
  maxShift: number,
  rng: RandomGenerator,
): Generator<Batch> {
  const order = shuffledIndices(set.count, rng);
  const imageSize = set.rows * set.cols;
  for (let start = 0; start < order.length; start += batchSize) {
    const chosen = order.subarray(start, start + batchSize);
    const images = new Float32Array(chosen.length * imageSize);
    const labels = new Uint8Array(chosen.length);
    chosen.forEach((index, i) => {
      const source = set.pixels.subarray(index * imageSize, (index + 1) * imageSize);
      const target = images.subarray(i * imageSize, (i + 1) * imageSize);
      const dx = uniformInt(rng, -maxShift, maxShift);
      const dy = uniformInt(rng, -maxShift, maxShift);
      copyShifted(source, target, set.rows, set.cols, dx, dy);
      labels[i] = set.labels[index]!;
    });
    yield { images, labels, size: chosen.length };
  }
}

/** The integers 0 … count − 1 in random order, by Fisher and Yates. */
export function shuffledIndices(count: number, rng: RandomGenerator): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(rng, 0, i);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}

/** Writes an image of grey bytes as values in [0, 1], moved right by dx and down by dy; what enters is paper, 0. */
export function copyShifted(
  source: Uint8Array,
  target: Float32Array,
  rows: number,
  cols: number,
  dx: number,
  dy: number,
): void {
  for (let row = Math.max(0, dy); row < Math.min(rows, rows + dy); row++) {
    for (let col = Math.max(0, dx); col < Math.min(cols, cols + dx); col++) {
      target[row * cols + col] = source[(row - dy) * cols + (col - dx)]! / 255;
    }
  }
}
