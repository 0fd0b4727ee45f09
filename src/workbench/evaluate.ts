import { ReaderError } from '../shared/reader-error.ts';
import { modelCost } from '../engine/evaluation/model-cost.ts';
import type { QuantizedModel } from '../engine/quantization/quantized-model.ts';
import { requireInteger } from '../engine/numerics/arguments.ts';
import { requireKnownOptions } from '../engine/sparsity/known-options.ts';
import { SMALL_DEVICE, type NamedDevice } from './compress-options.ts';
import { drawExamples, labelsOf, type Examples, type LabelledExamples } from './examples.ts';
import { shown } from './match-shape.ts';
import {
  accuracyOf,
  answer,
  floatNetworkIn,
  memoryOf,
  networkIn,
  operatorCounts,
  sizeRow,
  versions,
} from './measure.ts';
import { Progress, type RunControl } from './progress.ts';
import { referenceRun } from './reference-run.ts';
import type { EvaluationReport } from './report.ts';
import { generatedSamples, samplesOf } from './samples.ts';
import { workSize } from './work-size.ts';

/** What a .tflite file is measured with. */
export interface EvaluateOptions {
  /** Inputs for the official runtime to repeat; unless given `test`'s, else generated ones. */
  examples?: Examples;
  /** Examples with labels: how often is the file right? */
  test?: Examples;
  /** How many are measured at most; 1000 unless told, fewer for very large networks. */
  testExamples?: number;
  /** Besides 256 KB of flash with 64 KB of RAM. */
  devices?: readonly NamedDevice[];
  /** Everything random comes from it; 1894 unless told. */
  seed?: number;
  source?: { name: string; bytes: number };
}

const NAMES = ['examples', 'test', 'testExamples', 'devices', 'seed', 'source'];
/** Examples for the official runtime to repeat. */
const REPEATED = 8;

/**
 * Measures a .tflite file as it is: size, multiplications, memory, devices, accuracy where labels are given, and what
 * the engine's interpreter answers to some inputs. The file is not changed, and not quantized again.
 *
 * @throws ReaderError `stopped`, `examples-wrong-shape`, `labels-missing`, `label-not-a-class`, `outputs-not-classes`,
 *   `option-unknown`, and those of files that the engine cannot run
 */
export async function evaluateTflite(
  tflite: Uint8Array,
  options: EvaluateOptions = {},
  control: RunControl = {},
): Promise<EvaluationReport> {
  requireKnownOptions('evaluateTflite', options, NAMES, '{ test }');
  const { test, devices = [], seed = 1894, source } = options;
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  const exact = networkIn(tflite);
  const { macs } = modelCost(exact);
  const usual = workSize(macs);
  const { testExamples = usual.testExamples } = options;
  requireInteger('testExamples', testExamples, 1, 1_000_000);
  const network = floatNetworkIn(tflite);
  for (const examples of [options.examples, test]) if (examples) requireFit(network, examples);
  const part = test && {
    examples: requireLabels(network, test),
    indices: drawExamples(test.count, testExamples, seed),
  };
  const progress = new Progress(2 + Math.ceil((part?.indices.length ?? 0) / usual.batch), control);
  let accuracy: EvaluationReport['accuracy'];
  if (part) {
    await progress.begin('asking the file');
    const answers = await answer(network, part, usual.batch, progress);
    const measured = accuracyOf(answers, labelsOf(part.examples, part.indices));
    accuracy = { source: part.examples.source, measured };
  }
  await progress.begin('running the file');
  const examples = options.examples ?? test;
  const samples = examples
    ? samplesOf(examples, drawExamples(examples.count, REPEATED, seed + 2), REPEATED)
    : generatedSamples(
        network.graph.inputs.map((index) => network.graph.tensors[index]!.shape.slice(1)),
        { low: 0, high: 1, reason: 'the range of most images' },
        { count: REPEATED, atOnce: REPEATED, seed: seed + 2 },
      );
  const takesReals = network.graph.inputs.every(
    (index) => network.graph.tensors[index]!.type === 'float32',
  );
  const reference = takesReals
    ? await referenceRun(tflite, samples, REPEATED, progress)
    : undefined;
  await progress.advance();
  await progress.begin('measuring sizes');
  const sizes = [sizeRow('the file', tflite, tflite.length)];
  await progress.advance();
  progress.finish();
  return {
    kind: 'evaluation',
    model: { name: exact.graph.name, source, parameters: parametersOf(exact) },
    warnings: examples
      ? []
      : [
          {
            code: 'inputs-generated',
            text: 'No inputs were given: the ones to compare runtimes with are noise between 0 and 1.',
          },
        ],
    sizes,
    accuracy,
    macs,
    ...memoryOf(exact, [SMALL_DEVICE, ...devices]),
    operators: operatorCounts(exact),
    reference,
    versions: versions(),
    seed,
    times: progress.times,
  };
}

/** Weights and biases; integers without a scale are shapes, axes and the like. */
function parametersOf({ graph }: QuantizedModel): number {
  return graph.tensors.reduce(
    (sum, { data, type, quantization }) =>
      sum + (data && (type.startsWith('float') || quantization) ? data.length : 0),
    0,
  );
}

function requireFit({ graph }: QuantizedModel, { shape, source }: Examples): void {
  const wanted = graph.inputs.map((index) => graph.tensors[index]!.shape.slice(1));
  if (wanted.length === 1 && shown(wanted[0]!) === shown(shape)) return;
  throw new ReaderError({
    code: 'examples-wrong-shape',
    explain: `The examples of ${source} have the shape ${shown(shape)}; the file takes ${wanted.map(shown).join(' and ')}.`,
    hint: 'Read them with datasetFrom(arrays, shape of the file’s input).',
  });
}

function requireLabels({ graph }: QuantizedModel, examples: Examples): LabelledExamples {
  const { labels, source } = examples;
  if (!labels) {
    throw new ReaderError({
      code: 'labels-missing',
      explain: `test must hold labels beside its examples; ${source} came without any.`,
      hint: 'In a .npz save them together: numpy.savez("data.npz", x=images, y=labels).',
    });
  }
  const shapes = graph.outputs.map((index) => graph.tensors[index]!.shape);
  const classes = shapes.length === 1 && shapes[0]!.length === 2 ? shapes[0]![1]! : 0;
  if (classes < 2) {
    throw new ReaderError({
      code: 'outputs-not-classes',
      explain: `Labels are for a file that gives one number a class, [1, classes]; this one gives ${shapes.map(shown).join(' and ')}.`,
    });
  }
  const bad = labels.findIndex((label) => label < 0 || label >= classes);
  if (bad >= 0) {
    throw new ReaderError({
      code: 'label-not-a-class',
      explain: `Label ${bad} of ${source} is ${labels[bad]}; the file tells ${classes} classes apart, 0 … ${classes - 1}.`,
    });
  }
  return examples as LabelledExamples;
}
