import type * as tf from '@tensorflow/tfjs';
import { modelGraph } from '../engine/model-graph/model-graph.ts';
import { rebuildModel } from '../engine/model-graph/rebuild-model.ts';
import { quantizePostTraining } from '../engine/quantization/post-training.ts';
import { magnitudePrune } from '../engine/sparsity/magnitude-prune.ts';
import { TFLiteConverter } from '../engine/tflite/converter.ts';
import { clusterKernels } from './cluster-step.ts';
import {
  readCompressOptions,
  type CompressOptions,
  type CompressPlan,
} from './compress-options.ts';
import { reportOn, reportUnits } from './compression-report.ts';
import { fineTuneBatches, pruneWithTraining } from './fine-tune.ts';
import { planData, type DataPlan } from './plan-data.ts';
import { Progress, type RunControl } from './progress.ts';
import type { CompressionReport, Note } from './report.ts';
import type { Samples } from './samples.ts';

export type { CompressOptions, NamedDevice } from './compress-options.ts';
export type { RunControl } from './progress.ts';

/** What comes of compressing a model. */
export interface Compressed {
  /** The file. */
  tflite: Uint8Array;
  /** Pruned and clustered, in float: the caller's, to save and to dispose of. */
  model: tf.LayersModel;
  report: CompressionReport;
}

/**
 * Makes a model smaller: prunes it, clusters it, quantizes it, in that order, each as far as the options say; writes
 * the .tflite file; and measures that very file against the model.
 *
 * A backend of TensorFlow.js must be ready; to fine-tune on the wasm backend its missing kernels too, see
 * `registerTrainingKernels`. Between steps and batches other messages get their turn. When it is stopped or fails, no
 * tensor is left over.
 *
 * @param model - a built Sequential or functional model; it is left as it is
 * @param options - what to do: see {@link CompressOptions}
 * @param control - who watches, and may stop it
 * @throws ReaderError `stopped`; `tflite-not-requantized` for the bytes of a .tflite file; those of
 *   {@link readCompressOptions} and {@link planData} before any work is done; those of the engine
 */
export async function compressModel(
  model: tf.LayersModel,
  options: CompressOptions,
  control: RunControl = {},
): Promise<Compressed> {
  const plan = readCompressOptions(model, options);
  modelGraph(model);
  const data = planData(model, plan);
  const warnings: Note[] = [...data.warnings];
  const progress = new Progress(unitsOf(model, plan, data), control);
  let smaller: tf.LayersModel | undefined;
  try {
    // First of all: a layer that cannot be converted is found before anything takes long.
    await progress.begin('writing the model as it is');
    const float32 = await toFile(model, { ...plan, mode: 'float32' }, data.calibration, progress);
    await progress.advance();
    smaller = await pruneAndCluster(model, plan, data, progress, warnings);
    await progress.begin('quantizing');
    const tflite = await toFile(smaller, plan, data.calibration, progress);
    await progress.advance();
    const made = { model, smaller, float32, tflite };
    const report = await reportOn(made, plan, data, progress, warnings);
    return { tflite, model: smaller, report };
  } catch (error) {
    smaller?.dispose();
    throw error;
  }
}

const calibrates = ({ mode }: CompressPlan): boolean => mode === 'int8' || mode === 'int16x8';

function unitsOf(model: tf.LayersModel, plan: CompressPlan, data: DataPlan): number {
  const { prune, cluster } = plan;
  const pruning = prune?.method === 'fine-tune' ? fineTuneBatches(model, prune, data.train!) : 1;
  return (
    2 +
    (prune ? pruning : 0) +
    (cluster ? 1 : 0) +
    (calibrates(plan) ? data.calibration.batches : 0) +
    reportUnits(model, plan, data)
  );
}

/** A new model, the caller's to dispose of; a copy where there is nothing to do. */
async function pruneAndCluster(
  model: tf.LayersModel,
  { prune, cluster, seed }: CompressPlan,
  { train }: DataPlan,
  progress: Progress,
  warnings: Note[],
): Promise<tf.LayersModel> {
  let current: tf.LayersModel | undefined;
  try {
    if (prune?.method === 'fine-tune') {
      await progress.begin('pruning while training');
      current = await pruneWithTraining(model, prune, train!, seed, progress);
    } else if (prune) {
      await progress.begin('pruning');
      current = magnitudePrune(model, prune.sparsity);
      await progress.advance();
    }
    if (cluster) {
      await progress.begin('clustering');
      const before = current;
      current = clusterKernels(before ?? model, cluster.clusters, seed, (text) =>
        warnings.push({ code: 'layer-not-clustered', text }),
      );
      before?.dispose();
      await progress.advance();
    }
    return current ?? rebuildModel(model);
  } catch (error) {
    current?.dispose();
    throw error;
  }
}

async function toFile(
  model: tf.LayersModel,
  plan: CompressPlan,
  samples: Samples,
  progress: Progress,
): Promise<Uint8Array> {
  const { mode, inferenceInputType, inferenceOutputType } = plan;
  const network = await quantizePostTraining(model, {
    mode,
    ...(calibrates(plan) && {
      representativeDataset: async function* () {
        for (let index = 0; index < samples.batches; index++) {
          yield samples.batch(index);
          await progress.advance();
        }
      },
    }),
  });
  const types = mode === 'float32' ? {} : { inferenceInputType, inferenceOutputType };
  return TFLiteConverter.fromQuantizedModel(network, types).convert();
}
