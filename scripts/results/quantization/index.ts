import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { answers, score } from './measure.ts';
import { METHODS } from './methods.ts';
import { readResults, SUBJECTS, writeResults, type QuantizationResults } from './results-file.ts';

/**
 * Computes the table of quantization in docs/results.md: a quarter of an hour on two cores. With ids of methods only their rows are
 * computed again, and float32, which the others are compared with.
 */
export async function quantizationResults(
  train: MnistSet,
  test: MnistSet,
  ids: readonly string[] = [],
): Promise<void> {
  const only = ids.length > 0 ? new Set(['float32', ...ids]) : undefined;
  const results: QuantizationResults = only
    ? readResults()
    : { testImages: test.count, models: {} };
  for (const name of SUBJECTS) {
    const model = await loadModel(name);
    const subject = { name, model, train };
    const scores: QuantizationResults['models'][string] = (results.models[name] ??= {});
    let reference: Uint8Array | undefined;
    for (const { id, label, run } of METHODS) {
      if (only && !only.has(id)) continue;
      const found = answers(await run(subject), test);
      reference ??= found;
      scores[id] = score(found, reference, test);
      console.log(`${name}, ${label}: ${scores[id].correct} of ${test.count}`);
    }
  }
  writeResults(results);
}
