import { calibrates, type Settings } from './settings.ts';

/** Images of one part, as the build cuts the sets. */
const IMAGES_A_PART = 1000;

/** What a run fetches of the book's images. */
export interface MnistFetch {
  /** To calibrate, to compare layers and to train with. */
  trainImages: number;
  testImages: number;
}

/** How many images of each set a run takes, by the choices that were made. */
export const mnistFetch = (settings: Settings, compresses: boolean): MnistFetch => {
  const { labelled, calibration, pruneMethod, prunePercent, testExamples } = settings;
  const isLabelled = labelled === 'mnist';
  const trains = compresses && isLabelled && pruneMethod === 'fine-tune' && prunePercent > 0;
  const reads = calibration === 'mnist' || (calibration === 'labelled' && isLabelled) || isLabelled;
  const part = Math.min(15_000, Math.max(IMAGES_A_PART, settings.calibrationExamples));
  return {
    trainImages: trains ? Math.max(settings.trainImages, part) : reads ? part : 0,
    testImages: isLabelled ? testExamples || IMAGES_A_PART : 0,
  };
};

/** Bytes that so many images come in, of the parts of a set. */
export const bytesOfImages = (images: number, parts: readonly number[]): number =>
  parts.slice(0, Math.ceil(images / IMAGES_A_PART)).reduce((sum, bytes) => sum + bytes, 0);

/** What will be done, as one sentence. */
export const planSentence = (settings: Settings): string => {
  const { mode, prunePercent, pruneMethod, cluster, clusters } = settings;
  const steps = [
    ...(prunePercent > 0
      ? [`prune ${prunePercent}%${pruneMethod === 'fine-tune' ? ' while fine-tuning' : ' at once'}`]
      : []),
    ...(cluster ? [`cluster to ${clusters} values a kernel`] : []),
    mode === 'float32' ? 'write float32' : `quantize to ${NAMES[mode]}`,
  ];
  const sentence = [...steps, 'measure the file'].join(', ');
  const noise =
    calibrates(mode) && settings.calibration === 'generated' ? ' Calibrated on noise.' : '';
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.${noise}`;
};

const NAMES: Record<Exclude<Settings['mode'], 'float32'>, string> = {
  int8: 'int8',
  dynamic: 'int8 weights',
  float16: 'float16 weights',
  int16x8: 'int8 weights and int16 activations',
  int4: 'int4 weights',
};
