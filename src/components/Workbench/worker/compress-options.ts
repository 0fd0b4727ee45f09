import type { CompressOptions } from '../../../workbench/compress.ts';
import type { Dataset } from '../../../workbench/dataset.ts';
import type { EvaluateOptions } from '../../../workbench/evaluate.ts';
import type { Examples } from '../../../workbench/examples.ts';
import { integerEnds, type InputRange, type Settings } from '../settings.ts';

/** All data that is at hand for a run. */
export interface RunData {
  /** Images of MNIST to calibrate and to train with, and others to measure with. */
  mnist: { train: Examples; test: Examples | undefined } | undefined;
  ownCalibration: Examples | undefined;
  ownLabelled: Dataset | undefined;
}

const RANGES: Record<Exclude<InputRange, 'auto'>, readonly [number, number]> = {
  unit: [0, 1],
  signed: [-1, 1],
  byte: [0, 255],
};

/** What the pipeline is told, of what the reader chose. */
export const toCompressOptions = (
  settings: Settings,
  data: RunData,
  source: { name: string; bytes: number },
): CompressOptions => {
  const { mode, prunePercent, pruneMethod, cluster, clusters } = settings;
  const { epochs, learningRate, batchSize } = settings;
  const ends = integerEnds(mode) ?? 'float32';
  const prune: CompressOptions['prune'] =
    prunePercent === 0
      ? undefined
      : {
          sparsity: prunePercent / 100,
          method: pruneMethod,
          ...(pruneMethod === 'fine-tune' && { epochs, learningRate, batchSize }),
        };
  return {
    mode,
    ...(prune && { prune }),
    ...(cluster && { cluster: { clusters } }),
    ...labelledOf(settings, data),
    ...calibrationOf(settings, data),
    ...(settings.inputRange !== 'auto' && { generatedRange: RANGES[settings.inputRange] }),
    ...countsOf(settings),
    inferenceInputType: settings.inputType === 'integer' ? ends : 'float32',
    inferenceOutputType: settings.outputType === 'integer' ? ends : 'float32',
    seed: settings.seed,
    source,
  };
};

/** Left out, the pipeline takes as many as suit the model. */
const countsOf = ({
  calibrationExamples,
  testExamples,
}: Settings): Pick<CompressOptions, 'calibrationExamples' | 'testExamples'> => ({
  ...(calibrationExamples && { calibrationExamples }),
  ...(testExamples && { testExamples }),
});

/** Examples with their labels, as far as this choice has them. */
const labelledOf = (
  { labelled }: Settings,
  { mnist, ownLabelled }: RunData,
): Pick<CompressOptions, 'labelled' | 'test'> => {
  if (labelled === 'mnist' && mnist) {
    return { labelled: mnist.train, ...(mnist.test && { test: mnist.test }) };
  }
  if (labelled === 'own' && ownLabelled) {
    const { examples, heldOut } = ownLabelled;
    return { labelled: examples, ...(heldOut && { test: heldOut }) };
  }
  return {};
};

/** Left out, ranges are found on labelled examples that accuracy is not measured on. */
const calibrationOf = (
  { calibration, labelled }: Settings,
  { mnist, ownCalibration }: RunData,
): Pick<CompressOptions, 'calibration'> => {
  if (calibration === 'own' && ownCalibration) return { calibration: ownCalibration };
  if (calibration === 'labelled' && labelled !== 'none') return {};
  if (calibration === 'mnist' && mnist) return { calibration: mnist.train };
  return { calibration: 'generated' };
};

/** What a .tflite file is measured with, of what the reader chose. */
export const toEvaluateOptions = (
  settings: Settings,
  data: RunData,
  source: { name: string; bytes: number },
): EvaluateOptions => {
  const { labelled, test = labelled } = labelledOf(settings, data);
  const { calibration } = calibrationOf(settings, data);
  const { testExamples } = settings;
  return {
    ...(test && { test }),
    ...(calibration && calibration !== 'generated' && { examples: calibration }),
    ...(testExamples && { testExamples }),
    seed: settings.seed,
    source,
  };
};
