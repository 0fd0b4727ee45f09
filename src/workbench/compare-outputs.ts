import * as tf from '@tensorflow/tfjs';
import type { ReferenceRun } from './report.ts';
import type { Samples } from './samples.ts';

/** Part of a batch. */
interface Piece {
  batch: number;
  at: number;
  size: number;
}

/** The first so many examples, a few at a time. @internal */
export function piecesOf({ count, atOnce }: Samples, most: number, few: number): Piece[] {
  const total = Math.min(most, count);
  const pieces: Piece[] = [];
  for (let start = 0; start < total;) {
    const batch = Math.floor(start / atOnce);
    const at = start - batch * atOnce;
    const size = Math.min(few, atOnce - at, total - start);
    pieces.push({ batch, at, size });
    start += size;
  }
  return pieces;
}

/** Inputs piece by piece; what is asked after each can stop it. @internal */
export async function* inputsOf(
  samples: Samples,
  pieces: readonly Piece[],
  after: () => Promise<void>,
): AsyncGenerator<tf.Tensor[]> {
  for (const { batch, at, size } of pieces) {
    const whole = samples.batch(batch);
    const part = whole.map((tensor) => tensor.slice([at], [size]));
    tf.dispose(whole);
    yield part;
    await after();
  }
}

/** Σy² over Σ(y − ŷ)², in dB, for what the model and the file give for the same inputs. @internal */
export function outputSqnr(model: tf.LayersModel, { examples, inputShapes }: ReferenceRun): number {
  let [signal, noise] = [0, 0];
  for (const { inputs, outputs } of examples) {
    const given = inputs.map((values, i) => tf.tensor(values, [1, ...inputShapes[i]!]));
    const wanted = [model.predict(given.length === 1 ? given[0]! : given)].flat();
    wanted.forEach((tensor, i) => {
      tensor.dataSync().forEach((value, j) => {
        signal += value * value;
        noise += (value - outputs[i]![j]!) ** 2;
      });
    });
    tf.dispose([given, wanted]);
  }
  return noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
}
