import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import { createRng, type Rng } from '../shared/rng.ts';
import { batchOf, type Examples } from './examples.ts';
import { shown } from './match-shape.ts';

/** Inputs for a model, batch by batch; the same each time. */
export interface Samples {
  /** How many examples. */
  count: number;
  batches: number;
  /** Examples of a batch, but for the last. */
  atOnce: number;
  /** Batch `index`, a tensor for each input of the model. */
  batch(index: number): tf.Tensor[];
}

/** Some of the examples, as many as there are indices. */
export function samplesOf(examples: Examples, indices: Int32Array, atOnce: number): Samples {
  return {
    count: indices.length,
    batches: Math.ceil(indices.length / atOnce),
    atOnce,
    batch: (index) => [batchOf(examples, indices.subarray(index * atOnce, (index + 1) * atOnce))],
  };
}

/** What generated inputs are, for the report. */
export interface InputRange {
  low: number;
  high: number;
  /** Where it was taken from. */
  reason: string;
}

/**
 * Inputs made of seeded noise, where nobody has real ones. In turn: noise of all values, noise of the two ends, and
 * for images coarse blocks, which excite a network's filters more as real images do.
 *
 * @param shapes - of each input, without the batch
 */
export function generatedSamples(
  shapes: readonly (readonly number[])[],
  { low, high }: InputRange,
  { count, atOnce, seed }: { count: number; atOnce: number; seed: number },
): Samples {
  return {
    count,
    batches: Math.ceil(count / atOnce),
    atOnce,
    batch: (index) => {
      const rows = Math.min(atOnce, count - index * atOnce);
      return shapes.map((shape, input) => {
        const rng = createRng(seed + 1009 * index + input);
        const size = shape.reduce((product, each) => product * each, 1);
        const values = new Float32Array(rows * size);
        for (let row = 0; row < rows; row++) {
          const noise = noiseOf(row, shape, rng);
          for (let i = 0; i < size; i++) values[row * size + i] = low + (high - low) * noise(i);
        }
        return tf.tensor(values, [rows, ...shape]);
      });
    },
  };
}

/** A function that gives value i of one example, 0 … 1. */
function noiseOf(row: number, shape: readonly number[], rng: Rng): (i: number) => number {
  const kind = row % 3;
  if (kind === 0) return () => rng.uniform();
  const share = rng.uniform(0.1, 0.5);
  if (kind === 1 || shape.length !== 3) return () => (rng.uniform() < share ? 1 : 0);
  const [height, width, channels] = shape as [number, number, number];
  const cell = Math.max(1, Math.round(Math.min(height, width) / 7));
  const across = Math.ceil(width / cell);
  const cells = rng.floats(Math.ceil(height / cell) * across * channels);
  const cut = 1 - share;
  return (i) => {
    const channel = i % channels;
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / (channels * width));
    const value =
      cells[(Math.floor(y / cell) * across + Math.floor(x / cell)) * channels + channel]!;
    return value > cut ? value : 0;
  };
}

/** What values the model most likely takes, by its first layer. */
export function likelyRange(model: tf.LayersModel): InputRange {
  const first = model.layers.find((layer) => layer.getClassName() !== 'InputLayer');
  if (first?.getClassName() === 'Rescaling') {
    return { low: 0, high: 255, reason: 'the model rescales its inputs itself' };
  }
  return { low: 0, high: 1, reason: 'the range of most images' };
}

/** The shapes of a model's inputs, without the batch. @internal */
export function inputShapesOf(model: tf.LayersModel): number[][] {
  return model.inputs.map(({ name, shape }) => requireShape(name, shape.slice(1)));
}

function requireShape(name: string, shape: readonly (number | null)[]): number[] {
  if (shape.every((size) => typeof size === 'number' && size > 0)) return shape as number[];
  throw new ReaderError({
    code: 'input-shape-open',
    explain: `The input ${name} has the shape ${shown(shape)}: not every size is known.`,
    hint: 'Build the model again with a whole inputShape.',
  });
}
