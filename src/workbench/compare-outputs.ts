import * as tf from '@tensorflow/tfjs';
import type { ReferenceRun } from './report.ts';
import type { Samples } from './samples.ts';

/** The first so many examples, a few at a time; what is asked in between can stop it. @internal */
export async function* firstExamples(
  samples: Samples,
  most: number,
  atOnce: number,
  between: () => Promise<void>,
): AsyncGenerator<tf.Tensor[]> {
  let left = Math.min(most, samples.count);
  for (let index = 0; index < samples.batches && left > 0; index++) {
    const batch = samples.batch(index);
    try {
      const count = batch[0]!.shape[0]!;
      for (let at = 0; at < count && left > 0; at += atOnce) {
        const size = Math.min(atOnce, count - at, left);
        yield batch.map((tensor) => tensor.slice([at], [size]));
        left -= size;
        await between();
      }
    } finally {
      tf.dispose(batch);
    }
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
