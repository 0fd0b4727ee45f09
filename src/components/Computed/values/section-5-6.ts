/** Deep Compression, ours beside the paper’s: section 5.6. */
import { PAPER } from '../../../../scripts/results/compression/paper.ts';
import { readCompression } from '../../../../scripts/results/compression/results-file.ts';
import type { PackedKernel, Section56Results } from '../../../../scripts/results/sections/5.6.ts';
import { sectionResults } from '../../../build/section-results.ts';
import { formatNumber } from '../format-number.ts';
import { type ComputedEntry, entries } from './entry.ts';

const NETWORKS = ['lenet-300-100', 'lenet-5'] as const;
const STAGES = ['paper', 'further'] as const;
type Network = (typeof NETWORKS)[number];
type Stage = (typeof STAGES)[number];

const file = (network: Network, stage: Stage) =>
  sectionResults<Section56Results>('5.6').files[`${network}/${stage}`]!;

const sum = (network: Network, stage: Stage, of: (kernel: PackedKernel) => number) =>
  file(network, stage).kernels.reduce((total, kernel) => total + of(kernel), 0);

const floatBytes = (network: Network) => sum(network, 'paper', ({ weights }) => 4 * weights);
/** Weights in float32 with their places. */
const placed = ({ entries: written, indexBits }: PackedKernel) => (written * (32 + indexBits)) / 8;
const fixed = ({ bytesFixed }: PackedKernel) => bytesFixed;
const coded = ({ bytesHuffman }: PackedKernel) => bytesHuffman;
const ratio = (network: Network, of: (kernel: PackedKernel) => number) =>
  floatBytes(network) / sum(network, 'paper', of);

const deep = (network: Network) => readCompression().deepCompression.networks[network]!;
const stageOf = (network: Network, stage: Stage) =>
  deep(network).results.find((result) => result.stage === stage)!;

/** Errors on the test images before and after, %. */
function errors(network: Network, stage: Stage): string {
  const images = readCompression().testImages;
  const share = (correct: number) => formatNumber((100 * (images - correct)) / images, 'fixed2');
  return `${share(deep(network).floatCorrect)}, ${share(stageOf(network, stage).correct)}`;
}

const dense = () => file('lenet-5', 'further').kernels.find(({ layer }) => layer === 'dense_1')!;

/** The sizes of the paper’s first row, divided. */
function paperDivision(): number {
  const [before = 0, after = 1] = PAPER['lenet-300-100']!.sizes.replace(' KB', '')
    .split(' → ')
    .map(Number);
  return before / after;
}

export const section56Values: Record<string, ComputedEntry> = {
  ...entries('fixed1', {
    '5.6.by.pruning': () => ratio('lenet-5', placed),
    '5.6.by.sharing': () => sum('lenet-5', 'paper', placed) / sum('lenet-5', 'paper', fixed),
    '5.6.lenet-5.by-number': () =>
      sum('lenet-5', 'paper', ({ weights }) => weights) /
      sum('lenet-5', 'paper', ({ kept }) => kept),
    '5.6.lenet-5.fixed.ratio': () => ratio('lenet-5', fixed),
    '5.6.lenet-5.coded.ratio': () => ratio('lenet-5', coded),
    '5.6.paper-division': paperDivision,
    '5.6.untrained.ratio': () => readCompression().untrained.networks['lenet-5']!.lossless!.ratio,
    ...Object.fromEntries(
      NETWORKS.flatMap((network) => [
        [`5.6.${network}.paper.kernels`, () => ratio(network, coded)],
        ...STAGES.map((stage) => [
          `5.6.${network}.${stage}.ratio`,
          () => stageOf(network, stage).ratio,
        ]),
      ]) as [string, () => number][],
    ),
  }),
  ...entries('fixed2', {
    '5.6.by.huffman': () => sum('lenet-5', 'paper', fixed) / sum('lenet-5', 'paper', coded),
    '5.6.least-p': () =>
      Math.min(
        ...NETWORKS.flatMap((network) =>
          STAGES.map((stage) => stageOf(network, stage).mcNemar.pValue),
        ),
      ),
  }),
  ...entries('integer', {
    '5.6.lenet-5.fixed': () => sum('lenet-5', 'paper', fixed),
    '5.6.lenet-5.coded': () => sum('lenet-5', 'paper', coded),
    '5.6.further.bytes': () => file('lenet-5', 'further').bytes,
    '5.6.further.entries': () => dense().entries,
    '5.6.further.fillers': () => dense().fillers,
  }),
  ...entries('words', {
    '5.6.further.gap-bits': () => dense().indexBits,
    '5.6.further.value-bits': () => dense().weightBits,
  }),
  ...entries('code', {
    ...Object.fromEntries(
      NETWORKS.flatMap((network) =>
        STAGES.map((stage) => [`5.6.${network}.${stage}.errors`, () => errors(network, stage)]),
      ),
    ),
  }),
};
