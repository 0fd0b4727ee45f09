import type * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../shared/reader-error.ts';
import type { CompressPlan } from './compress-options.ts';
import { drawExamples, shuffledIndices, type Examples, type LabelledExamples } from './examples.ts';
import { shown } from './match-shape.ts';
import type { Note } from './report.ts';
import {
  generatedSamples,
  inputShapesOf,
  likelyRange,
  samplesOf,
  type Samples,
} from './samples.ts';

/** Some of the examples. */
export interface Part {
  examples: LabelledExamples;
  indices: Int32Array;
}

/** Which examples each step gets. */
export interface DataPlan {
  calibration: Samples;
  /** Where calibration's inputs come from, in words. */
  calibrationSource: string;
  train: Part | undefined;
  test: Part | undefined;
  warnings: Note[];
}

/** Every fifth example is kept apart to measure with, where the data does not do so itself. */
const HELD_OUT = 0.2;
/** Fewer than these say little about ranges. */
const FEW = 100;

/**
 * Shares the data out: what is trained on is not measured on, and what is calibrated with neither, as far as there is
 * enough. Everything is drawn by the seed.
 *
 * @throws ReaderError `examples-wrong-shape`, `model-many-inputs`, `label-not-a-class`, `outputs-not-classes`,
 *   `too-few-examples`, `input-shape-open`
 * @internal
 */
export function planData(model: tf.LayersModel, plan: CompressPlan): DataPlan {
  const { labelled, test, testExamples, seed, calibration } = plan;
  for (const examples of [labelled, test, calibration]) {
    if (examples && examples !== 'generated') requireExamplesFit(model, examples);
  }
  for (const examples of [labelled, test]) if (examples) requireClasses(model, examples);
  const warnings: Note[] = [];
  const fineTunes = plan.prune?.method === 'fine-tune';
  let train: Part | undefined;
  let measured: Part | undefined;
  /** What nobody is measured or trained on. */
  let rest: { examples: Examples; indices: Int32Array } | undefined;
  if (labelled) {
    const examples = labelled as LabelledExamples;
    const order = shuffledIndices(labelled.count, seed);
    const wanted = fineTunes ? Math.floor(labelled.count * HELD_OUT) : testExamples;
    const apart = test ? 0 : Math.min(testExamples, labelled.count, wanted);
    if (fineTunes && (labelled.count < 10 || order.length - apart < plan.prune!.batchSize)) {
      throw tooFew(labelled.count, plan.prune!.batchSize);
    }
    if (!test) measured = { examples, indices: order.slice(0, apart) };
    rest = { examples, indices: order.slice(apart) };
    if (fineTunes) train = rest as Part;
    if (fineTunes && !test) {
      warnings.push({
        code: 'split',
        text: `${apart} of the ${labelled.count} labelled examples were kept apart by lot to measure with; the rest trained the model.`,
      });
    }
  }
  if (test) {
    const order = shuffledIndices(test.count, seed + 1);
    measured = { examples: test as LabelledExamples, indices: order.slice(0, testExamples) };
    rest ??= { examples: test, indices: order.slice(testExamples) };
  }
  const found = calibrationOf(model, plan, rest, measured, warnings);
  return { ...found, train, test: measured, warnings };
}

function calibrationOf(
  model: tf.LayersModel,
  { calibration, calibrationExamples, generatedRange, seed, mode, batch }: CompressPlan,
  rest: { examples: Examples; indices: Int32Array } | undefined,
  measured: Part | undefined,
  warnings: Note[],
): Pick<DataPlan, 'calibration' | 'calibrationSource'> {
  const calibrates = mode === 'int8' || mode === 'int16x8';
  const fewer = (count: number): void => {
    if (!calibrates || count >= FEW) return;
    warnings.push({
      code: 'calibration-few',
      text: `The ranges of activations were found on ${count} examples only; some hundred are better.`,
    });
  };
  if (calibration && calibration !== 'generated') {
    const indices = drawExamples(calibration.count, calibrationExamples, seed + 2);
    fewer(indices.length);
    return {
      calibration: samplesOf(calibration, indices, batch),
      calibrationSource: `${indices.length} of the ${calibration.count} examples of ${calibration.source}`,
    };
  }
  if (calibration === undefined && measured) {
    const isApart = rest !== undefined && rest.indices.length > 0;
    const { examples, indices } = isApart ? rest : measured;
    if (!isApart && calibrates) {
      warnings.push({
        code: 'calibration-on-test',
        text: 'Calibrated with the very examples that accuracy is measured on: there were no others.',
      });
    }
    const drawn = indices.subarray(0, calibrationExamples);
    fewer(drawn.length);
    return {
      calibration: samplesOf(examples, drawn, batch),
      calibrationSource: `${drawn.length} of the ${examples.count} examples of ${examples.source}`,
    };
  }
  const range = generatedRange
    ? { low: generatedRange[0], high: generatedRange[1], reason: 'as told' }
    : likelyRange(model);
  if (calibrates) {
    warnings.push({
      code: 'calibration-generated',
      text: `No real inputs were given: the ranges of activations were found on noise between ${range.low} and ${range.high} (${range.reason}). Real inputs excite the network otherwise; expect to lose accuracy, and give some hundred of them.`,
    });
  }
  return {
    calibration: generatedSamples(inputShapesOf(model), range, {
      count: calibrationExamples,
      atOnce: batch,
      seed: seed + 2,
    }),
    calibrationSource: `${calibrationExamples} inputs of noise between ${range.low} and ${range.high}`,
  };
}

/** @internal */
export function requireExamplesFit(model: tf.LayersModel, { shape, source }: Examples): void {
  if (model.inputs.length !== 1) {
    throw new ReaderError({
      code: 'model-many-inputs',
      explain: `The model has ${model.inputs.length} inputs; examples from a file are for models of one.`,
      hint: "Leave the data out, or give calibration: 'generated'.",
    });
  }
  const wanted = model.inputs[0]!.shape.slice(1);
  if (shape.length === wanted.length && shape.every((size, i) => size === wanted[i])) return;
  throw new ReaderError({
    code: 'examples-wrong-shape',
    explain: `The examples of ${source} have the shape ${shown(shape)}; the model takes ${shown(wanted)}.`,
    hint: 'Read them with datasetFrom(arrays, shape of the model’s input).',
  });
}

/** How many classes a model tells apart; undefined where its output is no list of classes. @internal */
export function classesOf(model: tf.LayersModel): number | undefined {
  const shape = model.outputs.length === 1 ? model.outputs[0]!.shape : [];
  const classes = shape[1];
  return shape.length === 2 && typeof classes === 'number' && classes > 1 ? classes : undefined;
}

/** Whether a model's answers can be compared: one input, and a number for each class. @internal */
export function canAnswer(model: tf.LayersModel): boolean {
  return model.inputs.length === 1 && classesOf(model) !== undefined;
}

function requireClasses(model: tf.LayersModel, { labels, source }: Examples): void {
  const classes = classesOf(model);
  if (classes === undefined) {
    throw new ReaderError({
      code: 'outputs-not-classes',
      explain: `Labels are for a model that gives one number a class, [n, classes]; this one gives ${model.outputs.map(({ shape }) => shown(shape)).join(' and ')}.`,
      hint: 'Leave the labels out: errors are measured layer by layer without them.',
    });
  }
  const bad = labels!.findIndex((label) => label >= classes || label < 0);
  if (bad < 0) return;
  throw new ReaderError({
    code: 'label-not-a-class',
    explain: `Label ${bad} of ${source} is ${labels![bad]}; the model tells ${classes} classes apart, 0 … ${classes - 1}.`,
  });
}

function tooFew(count: number, batchSize: number): ReaderError {
  return new ReaderError({
    code: 'too-few-examples',
    explain: `${count} labelled examples are too few to fine-tune with batches of ${batchSize} and to measure with.`,
    hint: 'Give some thousand, a smaller batchSize, or prune one-shot.',
  });
}
