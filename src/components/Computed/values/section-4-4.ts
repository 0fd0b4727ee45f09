/** What time is made of: bytes moved, multiplications, a roof over both, energy, and the networks nobody beats. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bargain, Section44Results } from '../../../../scripts/results/sections/4.4.ts';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { energy, pareto, roofline } from '../../../engine/evaluation/index.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** The machine that the section supposes. */
const MACHINE = { peakOperations: 100e9, bandwidth: 10e9 };
const OPERATIONS_PER_MAC = 2;
const WORD = 4;
const LAYERS = ['conv_1', 'conv_2', 'dense_1', 'logits'];
const FORMS = ['float32', 'int8'] as const;
type Form = (typeof FORMS)[number];

const networks = () => sectionResults<Section44Results>('4.4').networks;
const cost = (network: string, bargain: Bargain) => networks()[network]![bargain];

/** A layer of the heavy model under the roof; `times` raises the roof of the arithmetic. */
function roof(layer: string, form: Form, times = 1) {
  const { macs, weightBytes, activationBytes } = cost('lenet-5', form).operators[
    LAYERS.indexOf(layer)
  ]!;
  return roofline({
    operations: OPERATIONS_PER_MAC * macs,
    bytes: weightBytes + activationBytes,
    peakOperations: MACHINE.peakOperations * times,
    bandwidth: MACHINE.bandwidth,
  });
}

const microseconds = (layer: string, form: Form, times = 1) =>
  1e6 * roof(layer, form, times).seconds;
const total = (form: Form, times = 1) =>
  LAYERS.reduce((sum, layer) => sum + microseconds(layer, form, times), 0);

const microjoules = (counts: Parameters<typeof energy>[0]) => energy(counts).picojoules / 1e6;

/** Multiplying and adding, µJ; sums of int8 products are kept in 32 bits. */
function arithmetic(network: string, form: Form): number {
  const { macs } = cost(network, form);
  return microjoules(
    form === 'float32'
      ? { float32Multiply: macs, float32Add: macs }
      : { int8Multiply: macs, int32Add: macs },
  );
}

/** Fetching every weight once from DRAM, µJ. */
const fetching = (network: string, form: Form) =>
  microjoules({ dramRead32: cost(network, form).weightBytes / WORD });

interface Point {
  name: string;
  bytes: number;
  macs: number;
  correct: number;
}

let quantized: Record<string, Record<string, { correct: number }>> | undefined;

/** Three networks under six bargains: what each weighs, multiplies and reads. */
function points(): Point[] {
  quantized ??= (
    JSON.parse(readFileSync(join(projectRoot, 'content/results/quantization.json'), 'utf8')) as {
      models: Record<string, Record<string, { correct: number }>>;
    }
  ).models;
  return Object.entries(quantized).flatMap(([network, ways]) =>
    (Object.keys(networks()[network]!) as Bargain[]).map((bargain) => ({
      name: `${network} in ${bargain}`,
      bytes: cost(network, bargain).flashBytes,
      macs: cost(network, 'float32').macs,
      correct: ways[bargain]!.correct,
    })),
  );
}

const front = (withMacs: boolean): Point[] =>
  pareto(points(), [
    { of: ({ bytes }) => bytes, best: 'least' },
    { of: ({ correct }) => correct, best: 'most' },
    ...(withMacs ? [{ of: ({ macs }: Point) => macs, best: 'least' as const }] : []),
  ]);

const lightestFirst = (some: Point[]): string =>
  some
    .toSorted((a, b) => a.bytes - b.bytes)
    .map(({ name }) => name)
    .join('; ');

const each = <T extends string>(
  names: readonly T[],
  make: (name: T) => Record<string, () => number | string>,
): Record<string, () => number | string> =>
  Object.assign({}, ...names.map(make)) as Record<string, () => number | string>;

export const section44Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '4.4.macs.heavy': () => cost('lenet-5', 'float32').macs,
    '4.4.macs.light': () => cost('depthwise-net', 'float32').macs,
    '4.4.points': () => points().length,
    '4.4.front.count': () => front(false).length,
    '4.4.front.count-with-macs': () => front(true).length,
  }),
  ...entries('fixed2', {
    '4.4.roof.gain': () => total('float32') / total('int8'),
    '4.4.roof.gain-wide': () => total('float32') / total('int8', 4),
  }),
  ...entries('sig3', {
    ...each(LAYERS, (layer) =>
      each(FORMS, (form) => ({
        [`4.4.intensity.${layer}.${form}`]: () => roof(layer, form).intensity,
        [`4.4.least.${layer}.${form}`]: () => microseconds(layer, form),
      })),
    ),
    ...each(FORMS, (form) => ({ [`4.4.least.total.${form}`]: () => total(form) })),
    ...each(['lenet-5', 'depthwise-net'], (network) =>
      each(FORMS, (form) => ({
        [`4.4.energy.arithmetic.${network}.${form}`]: () => arithmetic(network, form),
        [`4.4.energy.fetching.${network}.${form}`]: () => fetching(network, form),
      })),
    ),
    '4.4.macs.ratio': () => cost('lenet-5', 'float32').macs / cost('depthwise-net', 'float32').macs,
  }),
  ...entries('code', {
    ...each(LAYERS, (layer) => ({
      [`4.4.bound.${layer}`]: () =>
        FORMS.map((form) => (roof(layer, form).boundBy === 'memory' ? 'memory' : 'arithmetic'))
          .filter((bound, i, all) => i === 0 || bound !== all[0])
          .join(', then '),
    })),
    '4.4.front.names': () => lightestFirst(front(false)),
  }),
  // The least number of runs whose smallest and largest hold the median with 95 % confidence: 1 − 2·(1/2)ⁿ.
  ...entries('percent1', {
    '4.4.five-runs': () => 1 - 2 * 0.5 ** 5,
    '4.4.six-runs': () => 1 - 2 * 0.5 ** 6,
  }),
};
