import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import { sizeLedger } from '../engine/compression/size-ledger.ts';
import { mcNemar } from '../engine/evaluation/mcnemar.ts';
import { modelCost } from '../engine/evaluation/model-cost.ts';
import { perLayerError } from '../engine/evaluation/per-layer-error.ts';
import type { QuantizedModel } from '../engine/quantization/quantized-model.ts';
import { sparsityOf } from '../engine/sparsity/sparsity-of.ts';
import type { CompressPlan } from './compress-options.ts';
import { labelsOf } from './examples.ts';
import { inputsOf, outputSqnr, piecesOf } from './compare-outputs.ts';
import {
  accuracyOf,
  answer,
  answerSamples,
  floatNetworkIn,
  memoryOf,
  networkIn,
  operatorCounts,
  sizeRow,
  versions,
} from './measure.ts';
import { findings } from './findings.ts';
import { canAnswer, type DataPlan } from './plan-data.ts';
import type { Progress } from './progress.ts';
import { referenceRun } from './reference-run.ts';
import type { AccuracyReport, Agreement, CompressionReport, Note } from './report.ts';
import { inputShapesOf } from './samples.ts';

/** The models and files that are compared. */
export interface Made {
  /** As it was given. */
  model: tf.LayersModel;
  /** Pruned and clustered. */
  smaller: tf.LayersModel;
  /** The given model as .tflite. */
  float32: Uint8Array;
  tflite: Uint8Array;
}

/** Examples that layers are compared on, a few at a time. */
const COMPARED = 32;
const COMPARED_AT_ONCE = 8;
/** Examples without labels that answers are compared on. */
const AGREED = 128;
/** Examples for the official runtime to repeat. */
const REPEATED = 8;
/** Coding all weights in every way takes some seconds for so many, and cannot be stopped. */
const MOST_STORED = 500_000;

/** How many units of progress {@link reportOn} takes. @internal */
export function reportUnits(
  model: tf.LayersModel,
  { batch }: CompressPlan,
  { test, calibration }: DataPlan,
): number {
  const agreed = Math.min(AGREED, calibration.count);
  const answered = test ? test.indices.length : canAnswer(model) ? agreed : 0;
  const compared = piecesOf(calibration, COMPARED, COMPARED_AT_ONCE).length;
  return 2 * Math.ceil(answered / batch) + compared + 4;
}

/**
 * Measures a file against the model it was made from.
 *
 * @internal
 */
export async function reportOn(
  made: Made,
  plan: CompressPlan,
  data: DataPlan,
  progress: Progress,
  warnings: Note[],
): Promise<CompressionReport> {
  const { model, smaller, float32, tflite } = made;
  const { calibration } = data;
  const network = floatNetworkIn(tflite);
  const parameters = model.countParams();
  const answers = await compareAnswers(model, network, plan, data, progress);

  await progress.begin('comparing layer by layer');
  const layers = await perLayerError(model, network, () =>
    inputsOf(calibration, piecesOf(calibration, COMPARED, COMPARED_AT_ONCE), () =>
      progress.advance(),
    ),
  );

  await progress.begin('measuring sizes');
  const sizes = [
    sizeRow('as it was, float32', float32, float32.length),
    sizeRow(`compressed, ${plan.mode}`, tflite, float32.length),
  ];
  await progress.advance();
  const store = parameters <= MOST_STORED;
  const before = store ? sizeLedger(model) : [];
  await progress.advance();
  const changed = plan.prune !== undefined || plan.cluster !== undefined;
  const after = store && changed ? sizeLedger(smaller) : before;
  await progress.advance();

  await progress.begin('running the file');
  const reference = await referenceRun(tflite, calibration, REPEATED, progress);
  const exact = networkIn(tflite);
  await progress.advance();
  progress.finish();
  const report: CompressionReport = {
    kind: 'compression',
    model: {
      name: model.name,
      source: plan.source,
      parameters,
      inputShapes: inputShapesOf(model),
      outputShapes: reference.outputShapes,
    },
    choices: choicesOf(plan, data),
    warnings,
    sizes,
    storage: store ? { before, after } : undefined,
    layers,
    outputSqnr: outputSqnr(model, reference),
    ...answers,
    sparsity: kernelSparsity(model, smaller),
    macs: modelCost(exact).macs,
    ...memoryOf(exact, plan.devices),
    operators: operatorCounts(exact),
    reference,
    versions: versions(),
    seed: plan.seed,
    times: progress.times,
  };
  warnings.push(...findings(report, model, exact));
  return report;
}

async function compareAnswers(
  model: tf.LayersModel,
  network: QuantizedModel,
  { batch }: CompressPlan,
  { test, calibration }: DataPlan,
  progress: Progress,
): Promise<{ accuracy: AccuracyReport | undefined; agreement: Agreement | undefined }> {
  if (!canAnswer(model)) return { accuracy: undefined, agreement: undefined };
  const answersOf = (from: tf.LayersModel | QuantizedModel): Promise<Int32Array> =>
    test ? answer(from, test, batch, progress) : answerSamples(from, calibration, AGREED, progress);
  await progress.begin('asking the model as it was');
  const before = await answersOf(model);
  await progress.begin('asking the compressed file');
  const after = await answersOf(network);
  const same = before.reduce((sum, each, i) => sum + (each === after[i] ? 1 : 0), 0);
  const agreement = { same, total: before.length };
  if (!test) return { accuracy: undefined, agreement };
  const labels = labelsOf(test.examples, test.indices);
  const accuracy = {
    source: test.examples.source,
    before: accuracyOf(before, labels),
    after: accuracyOf(after, labels),
    mcNemar: mcNemar(before, after, labels),
  };
  return { accuracy, agreement };
}

function choicesOf(
  { prune, cluster, mode, inferenceInputType, inferenceOutputType }: CompressPlan,
  { train, calibrationSource }: DataPlan,
): CompressionReport['choices'] {
  const examples = train?.indices.length ?? 0;
  return {
    prune:
      prune?.method === 'fine-tune'
        ? { ...prune, method: prune.method, examples }
        : prune && { sparsity: prune.sparsity, method: prune.method },
    cluster,
    mode,
    calibration: calibrationSource,
    inferenceInputType,
    inferenceOutputType,
  };
}

function kernelSparsity(
  model: tf.LayersModel,
  smaller: tf.LayersModel,
): CompressionReport['sparsity'] {
  try {
    return { before: sparsityOf(model).sparsity, after: sparsityOf(smaller).sparsity };
  } catch (error) {
    // Depthwise kernels alone, for one.
    if (error instanceof ReaderError && error.code === 'nothing-to-prune') return undefined;
    throw error;
  }
}
