/** The layer that lies: section 4.2, from its committed results and from the agreement measured in the official runtime. */
import { sectionResults } from '../../../build/section-results.ts';
import { type ComputedEntry, entries } from './entry.ts';

interface Hands {
  layer: string;
  values: number;
  unclamped: number;
  alone: number;
  expected: number;
  outwards: number;
  whole: number;
  worst: number;
  offspring: number;
  mismatches: number;
}

interface Network {
  layers: { layer: string; cosine: number; sqnr: number }[];
  hands: {
    classes: number;
    probabilities: number;
    ofProbabilities: number;
    /** Codes of the mean over height and width: all, and those that differ, given the same codes and in the whole network. */
    mean: { values: number; alone: number; whole: number };
    layers: Hands[];
  };
}

type Results = { read: number; compared: number } & Record<'lenet-5' | 'depthwise-net', Network>;

const NETWORKS = ['lenet-5', 'depthwise-net'] as const;
/** Layers with weights, and layers whose outputs the prose compares with the float’s. */
const WEIGHTED: Record<(typeof NETWORKS)[number], readonly string[]> = {
  'lenet-5': ['conv_1', 'conv_2', 'dense_1', 'logits'],
  'depthwise-net': [
    'conv_1',
    'depthwise_2',
    'conv_2_pointwise',
    'depthwise_3',
    'conv_3_pointwise',
    'depthwise_4',
    'conv_4_pointwise',
    'logits',
  ],
};
const COMPARED: Record<(typeof NETWORKS)[number], readonly string[]> = {
  'lenet-5': ['conv_1', 'conv_2', 'dense_1', 'logits', 'softmax'],
  'depthwise-net': [
    'relu_1',
    'relu_2',
    'relu_3',
    'relu_4_pointwise',
    'average',
    'logits',
    'softmax',
  ],
};
const results = (): Results => sectionResults<Results>('4.2');
const handsOf = (name: (typeof NETWORKS)[number]): Hands[] => results()[name].hands.layers;
const hand = (name: (typeof NETWORKS)[number], layer: string): Hands =>
  handsOf(name).find((hands) => hands.layer === layer)!;
const layerOf = (name: (typeof NETWORKS)[number], layer: string) =>
  results()[name].layers.find((entry) => entry.layer === layer)!;
const total = (value: (hands: Hands) => number): number =>
  NETWORKS.flatMap(handsOf).reduce((sum, hands) => sum + value(hands), 0);

/**
 * Measured in the official runtime, LiteRT 2.5.3 with XNNPACK, by `npm run agreement`: the int8 rows of docs/agreement.md, to which
 * tests/content/section-4-2-claims.test.ts holds them. Percentages are of values that agree exactly; the worst is in steps.
 */
export const LITERT = {
  'lenet-5': {
    images: 20,
    same: 20,
    operators: { exact: 99.96, worst: 1 },
    logits: { exact: 98.5, worst: 1 },
  },
  'depthwise-net': {
    images: 20,
    same: 20,
    operators: { exact: 99.86, worst: 1 },
    logits: { exact: 46.5, worst: 2 },
  },
  'pretrainedResnet.h5': {
    images: 20,
    same: 19,
    operators: { exact: 99.95, worst: 1 },
    probabilities: { worst: 29 },
  },
} as const;

const perNetwork = (
  make: (name: (typeof NETWORKS)[number]) => Record<string, () => number>,
): Record<string, () => number> =>
  Object.fromEntries(NETWORKS.flatMap((name) => Object.entries(make(name))));

export const section42Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '4.2.compared': () => results().compared,
    '4.2.litert.scores': () => 10 * LITERT['lenet-5'].images,
    '4.2.litert.resnet.worst': () => LITERT['pretrainedResnet.h5'].probabilities.worst,
    '4.2.read': () => results().read,
    '4.2.values': () => total(({ values }) => values),
    '4.2.alone': () => total(({ alone }) => alone),
    '4.2.expected': () => Math.round(total(({ expected }) => expected)),
    '4.2.outwards': () => total(({ outwards }) => outwards),
    '4.2.inwards': () => total(({ alone, outwards }) => alone - outwards),
    '4.2.mismatches': () => total(({ mismatches }) => mismatches),
    ...perNetwork((name) => ({
      [`4.2.classes.${name}`]: () => results()[name].hands.classes,
      [`4.2.probabilities.${name}`]: () => results()[name].hands.probabilities,
      [`4.2.probabilities-of.${name}`]: () => results()[name].hands.ofProbabilities,
      [`4.2.worst.${name}`]: () => hand(name, 'logits').worst,
      [`4.2.litert.images.${name}`]: () => LITERT[name].images,
      ...Object.fromEntries(
        WEIGHTED[name].flatMap((layer) => [
          [`4.2.alone.${name}.${layer}`, () => hand(name, layer).alone],
          [`4.2.expected.${name}.${layer}`, () => Math.round(hand(name, layer).expected)],
          [`4.2.values.${name}.${layer}`, () => hand(name, layer).values],
          [`4.2.whole.${name}.${layer}`, () => hand(name, layer).whole],
          [`4.2.worst.${name}.${layer}`, () => hand(name, layer).worst],
        ]),
      ),
    })),
  }),
  ...entries('words', {
    '4.2.litert.resnet.operators.worst': () => LITERT['pretrainedResnet.h5'].operators.worst,
    '4.2.litert.logits.differ': () => {
      const { images, logits } = LITERT['lenet-5'];
      return Math.round((1 - logits.exact / 100) * 10 * images);
    },
    ...perNetwork((name) => ({
      [`4.2.litert.logits.worst.${name}`]: () => LITERT[name].logits.worst,
    })),
  }),
  ...entries('percent1', {
    ...perNetwork((name) => ({
      [`4.2.same.${name}.logits`]: () => {
        const { whole, values } = hand(name, 'logits');
        return 1 - whole / values;
      },
      [`4.2.litert.logits.exact.${name}`]: () => LITERT[name].logits.exact / 100,
    })),
  }),
  ...entries('percent2', {
    ...perNetwork((name) => ({
      [`4.2.litert.operators.exact.${name}`]: () => LITERT[name].operators.exact / 100,
      ...Object.fromEntries(
        WEIGHTED[name].map((layer) => [
          `4.2.share.${name}.${layer}`,
          () => hand(name, layer).whole / hand(name, layer).values,
        ]),
      ),
    })),
  }),
  ...entries('fixed2', {
    ...perNetwork((name) =>
      Object.fromEntries(
        WEIGHTED[name].map((layer) => [
          `4.2.offspring.${name}.${layer}`,
          () => hand(name, layer).offspring,
        ]),
      ),
    ),
  }),
  ...entries('fixed1', {
    ...perNetwork((name) =>
      Object.fromEntries(
        COMPARED[name].map((layer) => [
          `4.2.sqnr.${name}.${layer}`,
          () => layerOf(name, layer).sqnr,
        ]),
      ),
    ),
    /** Decibels of noise that leaves a cosine of 0.99. */
    '4.2.of-99': () => 10 * Math.log10(1 / (2 * 0.01)),
    '4.2.of-9999': () => 10 * Math.log10(1 / (2 * 0.0001)),
  }),
  ...entries('code', {
    ...perNetwork((name) =>
      Object.fromEntries(
        COMPARED[name].map((layer) => [
          `4.2.cosine.${name}.${layer}`,
          () => layerOf(name, layer).cosine,
        ]),
      ),
    ),
  }),
};
