import * as tf from '@tensorflow/tfjs';
import type { Examples } from './curvature-examples.ts';
import { forEachGradient, type GaussNewton, type LayerFactors } from './gauss-newton.ts';
import type { KernelMatrix } from './kernel-matrices.ts';

/** The weights of a network in one row: kernels that are not 0 already, and biases. */
export interface FreeWeights {
  readonly size: number;
  readonly values: Float64Array;
  /** Which may be deleted: those of kernels. */
  readonly deletable: Uint8Array;
  /** For each layer where its kernel and bias stand in the row; −1 for weights that are 0. */
  readonly places: readonly { kernel: KernelMatrix; at: Int32Array; biasAt: number }[];
}

/** @internal */
export function freeWeights(kernels: readonly KernelMatrix[]): FreeWeights {
  const values: number[] = [];
  const deletable: number[] = [];
  const places = kernels.map((kernel) => {
    const at = new Int32Array(kernel.values.length).fill(-1);
    for (const [i, value] of kernel.values.entries()) {
      if (value === 0) continue;
      at[i] = values.length;
      values.push(value);
      deletable.push(1);
    }
    const biasAt = values.length;
    for (const value of kernel.bias?.read().dataSync() ?? []) {
      values.push(value);
      deletable.push(0);
    }
    return { kernel, at, biasAt };
  });
  return {
    size: values.length,
    values: Float64Array.from(values),
    deletable: Uint8Array.from(deletable),
    places,
  };
}

/**
 * For every example and every output the gradient ∂(sᵀz)/∂w over the whole row, whose outer products make the
 * Gauss–Newton matrix.
 *
 * @internal
 */
export function forEachGradientRow(
  { size, places }: FreeWeights,
  network: GaussNewton,
  examples: Examples,
  batchSize: number,
  visit: (gradient: Float64Array) => void,
): void {
  network.forEachBatch(examples, batchSize, (layers) => {
    const seeds = layers[0]!.signals - 1;
    const rows = Array.from({ length: layers[0]!.examples * seeds }, () => new Float64Array(size));
    layers.forEach((layer, l) => {
      const { at, biasAt } = places[l]!;
      const { channels } = layer.kernel;
      forEachGradient(layer, (gradients, _, example) => {
        const values = gradients.dataSync();
        for (let p = 0, from = 0; from < values.length; p++) {
          for (let s = 0; s < seeds; s++) {
            const row = rows[example * seeds + s]!;
            for (let j = 0; j < channels; j++, from++) {
              const place = at[p * channels + j]!;
              if (place >= 0) row[place] = values[from]!;
            }
          }
        }
      });
      if (layer.kernel.bias) fillBiases(layer, rows, biasAt);
    });
    rows.forEach(visit);
  });
}

/** A bias is read at every position: its gradient is the sum of δ over them. */
function fillBiases(
  { deltas, kernel: { channels } }: LayerFactors,
  rows: readonly Float64Array[],
  biasAt: number,
): void {
  const seeds = deltas.length - 1;
  for (const [s, delta] of deltas.slice(0, seeds).entries()) {
    const sums = tf.sum(delta, 1).dataSync();
    for (let i = 0; i < sums.length; i++) {
      rows[Math.floor(i / channels) * seeds + s]![biasAt + (i % channels)] = sums[i]!;
    }
  }
}
