/** One scale for a kernel or many, along which axis, and in what groups: section 2.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../build/project-root.ts';
import { sectionResults } from '../../../build/section-results.ts';
import {
  readKernel,
  type DepthwiseKernel,
  type Granularity,
} from '../../figures/PerChannel/per-channel.ts';
import { type ComputedEntry, entries } from './entry.ts';

/** What `npm run results -- sections:2.2` writes; the ratios in dB. */
export interface Section22Results {
  depthwise: DepthwiseKernel[];
  axes: {
    one: number;
    units: number;
    inputs: number;
    crossed: number;
    scales: { units: number; inputs: number };
  };
  groups: {
    weights: number;
    tensor: number;
    fiveBits: number;
    sizes: { size: number; scales: number; sqnr: number }[];
  };
}

const results = () => sectionResults<Section22Results>('2.2');
const reading = (bits: number, granularity: Granularity) =>
  readKernel(results().depthwise[0]!, bits, granularity);
const largest = () => reading(8, 'one').channels.map((channel) => channel.largest);
const groups = (size: number) => results().groups.sizes.find((group) => group.size === size)!;
const gain = (bits: number) => reading(bits, 'own').sqnr - reading(bits, 'one').sqnr;

/** Share of the test images that the light reader reads, quantized in one of the ways of the committed table. */
function accuracy(method: string): number {
  const path = join(projectRoot, 'content', 'results', 'quantization.json');
  const { testImages, models } = JSON.parse(readFileSync(path, 'utf8')) as {
    testImages: number;
    models: Record<string, Record<string, { correct: number }>>;
  };
  return models['depthwise-net']![method]!.correct / testImages;
}

const SIZES = [800, 200, 50, 32, 16, 8];

export const section22Values: Record<string, ComputedEntry> = {
  ...entries('integer', {
    '2.2.least-codes': () => Math.round((127 * Math.min(...largest())) / Math.max(...largest())),
    '2.2.groups.bytes': () => results().groups.weights / 2,
    ...bySize('scales', (size) => groups(size).scales),
  }),
  ...entries('fixed1', {
    '2.2.spread': () => Math.max(...largest()) / Math.min(...largest()),
    '2.2.one': () => reading(8, 'one').sqnr,
    '2.2.own': () => reading(8, 'own').sqnr,
    '2.2.worst': () => Math.min(...reading(8, 'one').channels.map((channel) => channel.sqnr)),
    '2.2.gain.8': () => gain(8),
    '2.2.gain.4': () => gain(4),
    '2.2.axes.one': () => results().axes.one,
    '2.2.axes.units': () => results().axes.units,
    '2.2.axes.inputs': () => results().axes.inputs,
    '2.2.axes.crossed': () => results().axes.crossed,
    '2.2.groups.tensor': () => results().groups.tensor,
    '2.2.groups.five-bits': () => results().groups.fiveBits,
    '2.2.groups.five-over-32': () => results().groups.fiveBits - groups(32).sqnr,
    '2.2.groups.32-over-unit': () => groups(32).sqnr - groups(800).sqnr,
    ...bySize('sqnr', (size) => groups(size).sqnr),
  }),
  ...entries('fixed2', {
    ...bySize('bits-float32', (size) => 4 + 32 / size),
    ...bySize('bits-float16', (size) => 4 + 16 / size),
  }),
  ...entries('percent2', {
    '2.2.light.int8': () => accuracy('int8'),
    '2.2.light.int8-one': () => accuracy('int8-per-tensor'),
    '2.2.light.int4': () => accuracy('int4'),
    '2.2.light.int4-one': () => accuracy('int4-per-tensor'),
  }),
};

function bySize(what: string, value: (size: number) => number): Record<string, () => number> {
  return Object.fromEntries(SIZES.map((size) => [`2.2.groups.${what}.${size}`, () => value(size)]));
}
