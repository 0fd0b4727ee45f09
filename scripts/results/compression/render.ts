import type { McNemar } from '../../../src/engine/evaluation/mcnemar.ts';
import { grouped, percent, table } from '../markdown.ts';
import type { BrainDamageResults } from './brain-damage.ts';
import type { CompressedResult, DeepCompressionResults } from './deep-compression.ts';
import { PAPER } from './paper.ts';
import type { CompressionResults } from './results-file.ts';
import type { StructureRow } from './structures.ts';
import type { UntrainedResults } from './untrained.ts';

/** The largest loss that a compressed network may have, in points. */
export const ALLOWED_LOSS = 0.2;

/** The sections of docs/results.md on pruning, clustering and coding. */
export function renderCompression(results: CompressionResults): string[] {
  const { testImages, deepCompression, untrained, brainDamage, structures } = results;
  return [
    '## Deep Compression',
    '',
    'Pruned by a schedule, clustered, Huffman-coded; between the steps each network learns from its own float32 form and',
    'the labels. Bytes are those of the whole file: topology, biases, codebooks and code tables too. Accuracy is that of',
    'the decoded file on all test images. The files are in `content/results/deep-compression/`.',
    '',
    ...Object.entries(deepCompression.networks).flatMap(([name, network]) =>
      renderNetwork(name, network, testImages, untrained.networks[name]),
    ),
    ...renderBrainDamage(brainDamage, testImages),
    ...renderStructures(structures.rows, testImages),
  ];
}

/** The smallest of those that lose no more than so many points. */
export function smallestWithin(
  { floatCorrect, results }: DeepCompressionResults,
  testImages: number,
  points: number,
): CompressedResult | undefined {
  return results
    .filter(({ correct }) => (100 * (floatCorrect - correct)) / testImages <= points + 1e-9)
    .sort((a, b) => b.ratio - a.ratio)[0];
}

function renderNetwork(
  name: string,
  network: DeepCompressionResults,
  images: number,
  untrained: UntrainedResults | undefined,
): string[] {
  const { floatBytes, floatCorrect, results } = network;
  const paper = PAPER[name]!;
  const best = smallestWithin(network, images, ALLOWED_LOSS);
  const trained = smallestWithin(network, images, 0);
  const told = ({ ratio }: { ratio: number }, how: string): string =>
    `${ratio.toFixed(1)} × (${how})`;
  const lossless = [
    ...(trained ? [told(trained, trained.stage)] : []),
    ...(untrained?.lossless
      ? [
          told(
            untrained.lossless,
            `${100 * untrained.lossless.sparsity} % pruned, ${untrained.lossless.bits} bits, nothing trained again`,
          ),
        ]
      : []),
  ];
  return [
    `### ${name}`,
    '',
    ...table(
      ['', 'bytes', 'ratio', 'accuracy', 'McNemar: only float32 right, only this one, p'],
      [
        ['float32', grouped(floatBytes), '1', percent(floatCorrect, images), ''],
        ...results.map(({ stage, bytes, ratio, correct, mcNemar }) => [
          stage,
          grouped(bytes),
          `${ratio.toFixed(1)} ×`,
          percent(correct, images),
          mcNemarText(mcNemar),
        ]),
        [paper.title, paper.sizes, `${paper.ratio} ×`, `error ${paper.errors}`, ''],
      ],
    ),
    '',
    `- largest ratio at a loss of at most ${ALLOWED_LOSS} points: ${best ? told(best, best.stage) : 'none found'}`,
    `- largest ratio with no loss at all: ${lossless.join('; ') || 'none found'}`,
    '',
    ...(best ? layerTable(best, paper) : []),
  ];
}

function layerTable({ stage, layers }: CompressedResult, paper: (typeof PAPER)[string]): string[] {
  const bits = (value: number): string => value.toFixed(1);
  const share = (value: number): string => `${percent(value, 1)} %`;
  const rows = layers.flatMap((ours) => {
    const theirs = paper.rows.find(({ layer }) => layer === ours.layer);
    const own = [
      ours.layer,
      grouped(ours.weights),
      `${(100 * ours.kept).toFixed(1)} %`,
      bits(ours.weightBits),
      bits(ours.weightBitsHuffman),
      bits(ours.indexBits),
      bits(ours.indexBitsHuffman),
      share(ours.shareFixed),
      share(ours.shareHuffman),
    ];
    if (!theirs) return [own];
    return [
      own,
      [
        `*${ours.layer}, in the paper*`,
        '',
        theirs.kept,
        bits(theirs.weightBits),
        bits(theirs.weightBitsHuffman),
        bits(theirs.indexBits),
        bits(theirs.indexBitsHuffman),
        theirs.shareFixed,
        theirs.shareHuffman,
      ],
    ];
  });
  return [
    `Layer by layer, of “${stage}” and in the paper: share of weights kept, bits of a weight and of an index as they are`,
    'and Huffman-coded, size over float32 without Huffman codes and with them.',
    '',
    ...table(
      ['', 'weights', 'kept', 'weight', 'coded', 'index', 'coded', 'size', 'size, coded'],
      rows,
    ),
    '',
  ];
}

function renderBrainDamage(results: BrainDamageResults, images: number): string[] {
  const { model, loss, correct, rows } = results;
  const nats = (value: number): string => value.toFixed(5);
  const risen = (value: number): string => `${value < 0 ? '−' : '+'}${nats(Math.abs(value))}`;
  return [
    '## Optimal brain damage',
    '',
    `Weights of ${model} deleted in the order of magnitude and of saliency, over all kernels together, with no training`,
    `after. Loss is the cross-entropy over ${grouped(results.images)} training images, ${nats(loss)} nats to begin with; accuracy is on the test`,
    `images, ${percent(correct, images)} to begin with. The predicted increase is the sum of the saliencies deleted.`,
    '',
    ...table(
      ['deleted', 'by magnitude: loss', 'accuracy', 'by saliency: loss', 'predicted', 'accuracy'],
      rows.map(({ sparsity, magnitude, saliency }) => [
        `${(100 * sparsity).toFixed(0)} %`,
        risen(magnitude.increase),
        percent(magnitude.correct, images),
        risen(saliency.increase),
        risen(saliency.predicted),
        percent(saliency.correct, images),
      ]),
    ),
    '',
    `Measured and predicted loss are apart by more than a tenth of the whole network's loss from ${partingOf(results)} deleted on; in`,
    'the paper of 1989, on a network of 2,578 weights, the two part at about 30 %. The prediction is the lower one: the',
    'diagonal leaves out what deletions do to each other, and the higher orders.',
    '',
  ];
}

/** The least share at which the prediction is off by more than a tenth of the loss there was to begin with. */
function partingOf({ loss, rows }: BrainDamageResults): string {
  const parted = rows.find(
    ({ saliency: { increase, predicted } }) => Math.abs(increase - predicted) > loss / 10,
  );
  return parted ? `${(100 * parted.sparsity).toFixed(0)} %` : 'no share tried';
}

function renderStructures(rows: readonly StructureRow[], images: number): string[] {
  const whole = rows[0]!;
  return [
    '## Zeros, patterns and fewer channels',
    '',
    'LeNet-5 pruned in four ways, each trained again, then quantized to int8 and run in integers. Bytes are those of all',
    'weights; gzip finds the zeros that a plain file does not. Multiplications do not become fewer by zeros that no',
    'kernel skips.',
    '',
    ...table(
      [
        '',
        'accuracy',
        'in int8',
        'zeros',
        'multiplications',
        'float32',
        'float32, gzip',
        'int8',
        'int8, gzip',
        'float32, gzip over int8, gzip',
      ],
      rows.map((row) => [
        row.label,
        percent(row.correct, images),
        percent(row.int8Correct, images),
        grouped(row.zeros),
        grouped(row.macs),
        grouped(row.bytes.float32),
        grouped(row.bytes.float32Gzip),
        grouped(row.bytes.int8),
        grouped(row.bytes.int8Gzip),
        `${(whole.bytes.float32Gzip / row.bytes.int8Gzip).toFixed(1)} ×`,
      ]),
    ),
    '',
    'McNemar’s test of each in int8 against the whole network in float32: only float32 right, only this one, p.',
    '',
    ...rows.map(({ label, mcNemar }) => `- ${label}: ${mcNemarText(mcNemar)}`),
    '',
  ];
}

const mcNemarText = ({ onlyFirst, onlySecond, pValue }: McNemar): string =>
  `${onlyFirst}, ${onlySecond}, ${pValue < 0.001 ? pValue.toExponential(1) : pValue.toFixed(3)}`;
