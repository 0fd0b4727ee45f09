import type { PostTrainingMode } from '../../engine/quantization/post-training.ts';

/** Where the inputs come from that ranges are found on. */
export type CalibrationChoice = 'mnist' | 'labelled' | 'own' | 'generated';
/** Where the examples with right answers come from. */
export type LabelledChoice = 'none' | 'mnist' | 'own';
/** What goes in and comes out: floats, or the integers that the mode has inside. */
type EndType = 'float32' | 'integer';
/** What bytes of images, and generated inputs, become: 0 … 1, −1 … 1, or 0 … 255; auto asks the model. */
export type InputRange = 'auto' | 'unit' | 'signed' | 'byte';

/** All that the reader can choose, as the form holds it. */
export interface Settings {
  mode: PostTrainingMode;
  /** Share of each kernel's weights that becomes 0, in percent; 0 prunes nothing. */
  prunePercent: number;
  pruneMethod: 'one-shot' | 'fine-tune';
  epochs: number;
  learningRate: number;
  batchSize: number;
  /** Images of MNIST that are fine-tuned on. */
  trainImages: number;
  cluster: boolean;
  clusters: number;
  labelled: LabelledChoice;
  calibration: CalibrationChoice;
  inputRange: InputRange;
  /** How many are used at most; 0: as many as suit the size of the model. */
  calibrationExamples: number;
  testExamples: number;
  inputType: EndType;
  outputType: EndType;
  seed: number;
}

export const MODES: readonly PostTrainingMode[] = [
  'int8',
  'dynamic',
  'float16',
  'int16x8',
  'int4',
  'float32',
];

/** What a reader starts with: MNIST where the model takes it, see {@link settle}. */
export const DEFAULTS: Settings = {
  mode: 'int8',
  prunePercent: 0,
  pruneMethod: 'one-shot',
  epochs: 2,
  learningRate: 0.001,
  batchSize: 32,
  trainImages: 5000,
  cluster: false,
  clusters: 32,
  labelled: 'mnist',
  calibration: 'mnist',
  inputRange: 'auto',
  calibrationExamples: 0,
  testExamples: 0,
  inputType: 'float32',
  outputType: 'float32',
  seed: 1894,
};

/** Whether a mode looks at inputs to find the ranges of activations. */
export const calibrates = (mode: PostTrainingMode): boolean =>
  mode === 'int8' || mode === 'int16x8';

/** Integers that a mode can take and give; undefined where it has floats only. */
export const integerEnds = (mode: PostTrainingMode): 'int8' | 'int16' | undefined =>
  mode === 'int8' ? 'int8' : mode === 'int16x8' ? 'int16' : undefined;

/** Smallest and largest of each number that the form takes. */
export const LIMITS = {
  prunePercent: [0, 99],
  epochs: [1, 100],
  learningRate: [0.000_001, 1],
  batchSize: [1, 512],
  trainImages: [1000, 15_000],
  clusters: [2, 1024],
  calibrationExamples: [0, 10_000],
  testExamples: [0, 10_000],
  seed: [0, 2 ** 32 - 1],
} as const satisfies Partial<Record<keyof Settings, readonly [number, number]>>;

/** Settings from whatever was stored or filled in: what is not as it should be gets its default, a number past its limits the limit. */
export const readSettings = (value: unknown): Settings => {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const one = <K extends keyof Settings>(name: K, known: readonly Settings[K][]): Settings[K] =>
    known.find((each) => each === given[name]) ?? DEFAULTS[name];
  const number = (name: keyof typeof LIMITS): number => {
    const [least, most] = LIMITS[name];
    const asked = given[name];
    if (typeof asked !== 'number' || !Number.isFinite(asked)) return DEFAULTS[name];
    const inside = Math.min(most, Math.max(least, asked));
    return name === 'learningRate' ? inside : Math.round(inside);
  };
  return {
    mode: one('mode', MODES),
    prunePercent: number('prunePercent'),
    pruneMethod: one('pruneMethod', ['one-shot', 'fine-tune']),
    epochs: number('epochs'),
    learningRate: number('learningRate'),
    batchSize: number('batchSize'),
    trainImages: number('trainImages'),
    cluster: given['cluster'] === true,
    clusters: number('clusters'),
    labelled: one('labelled', ['none', 'mnist', 'own']),
    calibration: one('calibration', ['generated', 'mnist', 'labelled', 'own']),
    inputRange: one('inputRange', ['auto', 'unit', 'signed', 'byte']),
    calibrationExamples: number('calibrationExamples'),
    testExamples: number('testExamples'),
    inputType: one('inputType', ['float32', 'integer']),
    outputType: one('outputType', ['float32', 'integer']),
    seed: number('seed'),
  };
};

/** What there is of data beside what is generated. */
export interface DataAtHand {
  /** The model takes the book's images of digits, and tells ten classes apart. */
  mnist: boolean;
  ownCalibration: boolean;
  ownLabelled: boolean;
}

/** The same choices as far as the data at hand allow: what is not there gives way to the best that is. */
export const settle = (
  settings: Settings,
  { mnist, ownCalibration, ownLabelled }: DataAtHand,
): Settings => {
  const hasLabelled: Record<LabelledChoice, boolean> = { none: true, mnist, own: ownLabelled };
  const labelled = hasLabelled[settings.labelled] ? settings.labelled : mnist ? 'mnist' : 'none';
  const has: Record<CalibrationChoice, boolean> = {
    mnist,
    own: ownCalibration,
    labelled: labelled !== 'none',
    generated: true,
  };
  const calibration = has[settings.calibration]
    ? settings.calibration
    : labelled === 'own'
      ? 'labelled'
      : mnist
        ? 'mnist'
        : 'generated';
  const pruneMethod = labelled === 'none' ? 'one-shot' : settings.pruneMethod;
  return { ...settings, labelled, calibration, pruneMethod };
};

const KEY = 'heavy-weights:workbench';

/** Settings of this tab's session, so that a reload loses no choice; undefined in a new one. */
export const keptSettings = (): Settings | undefined => {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? undefined : readSettings(JSON.parse(text));
  } catch {
    // A browser that keeps nothing, or a text that is not ours: as if for the first time.
    return undefined;
  }
};

export const keepSettings = (settings: Settings): void => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Choices are then lost with a reload, and nothing else.
  }
};
