import * as tf from '@tensorflow/tfjs';
import { sizeLedger } from '../engine/compression/size-ledger.ts';
import type { Accuracy } from '../engine/evaluation/accuracy.ts';
import { answersOf, type Predictor } from '../engine/evaluation/answers.ts';
import { fitsDevice } from '../engine/evaluation/fits-device.ts';
import { wilsonInterval } from '../engine/evaluation/wilson-interval.ts';
import { withFloatEnds } from '../engine/graph/graph-ends.ts';
import { QuantizedModel } from '../engine/quantization/quantized-model.ts';
import { operatorVersion } from '../engine/tflite/operator-version.ts';
import { readTflite } from '../engine/tflite/read-tflite.ts';
import { SCHEMA_VERSION } from '../engine/tflite/schema.ts';
import type { NamedDevice } from './compress-options.ts';
import { batchOf } from './examples.ts';
import type { Part } from './plan-data.ts';
import type { Progress } from './progress.ts';
import type { Samples } from './samples.ts';
import type { DeviceRow, MemoryUse, SizeRow, Versions } from './report.ts';

/** The network in a file, exactly as the file has it. @internal */
export function networkIn(tflite: Uint8Array): QuantizedModel {
  return new QuantizedModel(readTflite(tflite));
}

/** The same with floats in and out, so that it can predict. @internal */
export function floatNetworkIn(tflite: Uint8Array): QuantizedModel {
  return new QuantizedModel(withFloatEnds(readTflite(tflite)));
}

/** The class that a model gives each of some examples; a unit of progress for so many at once. @internal */
export async function answer(
  model: Predictor,
  { examples, indices }: Part,
  atOnce: number,
  progress: Progress,
): Promise<Int32Array> {
  const answers = new Int32Array(indices.length);
  for (let at = 0; at < indices.length; at += atOnce) {
    const inputs = batchOf(examples, indices.subarray(at, at + atOnce));
    try {
      answers.set(await answersOf(model, inputs), at);
    } finally {
      inputs.dispose();
    }
    await progress.advance();
  }
  return answers;
}

/** The same for inputs without labels, the first so many; the model has one input. @internal */
export async function answerSamples(
  model: Predictor,
  samples: Samples,
  most: number,
  progress: Progress,
): Promise<Int32Array> {
  const total = Math.min(most, samples.count);
  const answers = new Int32Array(total);
  let at = 0;
  for (let index = 0; at < total; index++) {
    const batch = samples.batch(index);
    try {
      const found = await answersOf(model, batch[0]!);
      answers.set(found.subarray(0, total - at), at);
      at += found.length;
    } finally {
      tf.dispose(batch);
    }
    await progress.advance();
  }
  return answers;
}

/** Counts right answers. @internal */
export function accuracyOf(answers: Int32Array, labels: Int32Array): Accuracy {
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (answers[i] === labels[i]) correct++;
  const [total, confidence] = [labels.length, 0.95];
  const interval = wilsonInterval(correct, total, confidence);
  return { correct, total, accuracy: correct / total, interval, confidence };
}

/** What a file takes, raw and through gzip. @internal */
export function sizeRow(name: string, bytes: Uint8Array, first: number): SizeRow {
  const [raw] = sizeLedger(bytes);
  return { name, bytes: bytes.length, gzipBytes: raw!.gzipBytes, ratio: first / bytes.length };
}

/** Memory and devices. @internal */
export function memoryOf(
  network: QuantizedModel,
  given: readonly NamedDevice[],
): { memory: MemoryUse; devices: DeviceRow[] } {
  const fits = given.map(({ flash, ram }) => fitsDevice(network, { flash, ram }));
  const { flashBytes, ramBytes, peakAt } = fits[0]!;
  return {
    memory: { flashBytes, arenaBytes: ramBytes, peakAt },
    devices: given.map(({ name, flash, ram }, i) => {
      const { fits: fit, problem } = fits[i]!;
      return { name, flash, ram, fits: fit, problem };
    }),
  };
}

/** How often each operator occurs. @internal */
export function operatorCounts({
  graph,
}: QuantizedModel): { code: string; version: number; count: number }[] {
  const counts = new Map<string, { code: string; version: number; count: number }>();
  for (const operator of graph.operators) {
    const version = operatorVersion(graph, operator);
    const key = `${operator.code} ${version}`;
    const row = counts.get(key) ?? { code: operator.code, version, count: 0 };
    counts.set(key, row);
    row.count += 1;
  }
  return [...counts.values()];
}

/** @internal */
export function versions(): Versions {
  return {
    tensorflowjs: tf.version_core,
    backend: tf.getBackend(),
    tfliteSchema: SCHEMA_VERSION,
  };
}
