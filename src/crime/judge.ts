import type * as tf from '@tensorflow/tfjs';
import { prepareGraph } from '../engine/graph/prepare-graph.ts';
import { runGraph } from '../engine/graph/run-graph.ts';
import { readTflite } from '../engine/tflite/read-tflite.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { LAYERS, SPECIMENS, drawDeed } from './draw-deed.ts';
import { SABOTAGES, type Sabotage } from './sabotages.ts';

/** What the reader says was done. */
export interface Accusation {
  sabotage: Sabotage;
  /** The layer that was tampered with; of a poisoned sample none. */
  layer?: string;
  /** The poisoned sheet, 0 … 99; of other deeds none. */
  specimen?: number;
}

/** How much of an accusation the evidence bears out. */
export type Finding = 'right' | 'wrong-deed' | 'wrong-place';

/** The mended file may read so many fewer of the test images than the network in float: half a point of 10,000. */
export const ALLOWED_LOSS = 0.005;
/** Images between two words on how far it is. */
const AT_ONCE = 100;

/**
 * Whether the accusation is what was done in the case.
 *
 * @throws ReaderError `accusation-wrong` for what is no accusation at all
 */
export function judgeAccusation(caseNumber: number, accusation: Accusation): Finding {
  const { sabotage, layer, specimen } = readAccusation(accusation);
  const deed = drawDeed(caseNumber);
  if (sabotage !== deed.sabotage) return 'wrong-deed';
  return layer === deed.layer && specimen === deed.specimen ? 'right' : 'wrong-place';
}

/**
 * How many images a mended file reads correctly.
 *
 * @param file - a .tflite file, integers inside
 * @param images - n × 28 × 28 values of 0 … 1
 * @param labels - n figures
 * @param onProgress - told how many images are done; awaited, so that Stop is heard
 * @throws ReaderError `repair-not-integers` for a file that computes in floats, `repair-other-shape` for another
 *   network; those of files that cannot be read
 */
export async function scoreRepair(
  file: Uint8Array,
  images: Float32Array,
  labels: Uint8Array,
  onProgress: (done: number) => Promise<void> | void = () => undefined,
): Promise<number> {
  const graph = readTflite(file);
  const kernels = graph.tensors.filter(({ data, shape }) => data && shape.length > 1);
  if (kernels.length === 0 || kernels.some(({ type }) => type !== 'int8')) {
    throw new ReaderError({
      code: 'repair-not-integers',
      explain:
        'The mended file must be of eight bits throughout: some of its kernels are not int8.',
      hint: 'The Post Office asked for eight bits; a file in float was never in question.',
    });
  }
  const [input, output] = [graph.inputs[0]!, graph.outputs[0]!].map((i) => graph.tensors[i]!);
  const pixels = input!.shape.reduce((product, size) => product * size, 1);
  const classes = output!.shape.at(-1)!;
  if (pixels !== 28 * 28 || classes !== 10 || input!.type !== 'float32') {
    throw new ReaderError({
      code: 'repair-other-shape',
      explain: `The mended file must take 28 × 28 floats and give 10; this one takes [${input!.shape.join(', ')}] of ${input!.type} and gives ${classes}.`,
    });
  }
  const prepared = prepareGraph(graph);
  let correct = 0;
  for (let from = 0; from < labels.length; from += AT_ONCE) {
    const to = Math.min(labels.length, from + AT_ONCE);
    const [scores] = runGraph(prepared, [images.subarray(from * pixels, to * pixels)]);
    for (let i = from; i < to; i++) {
      const row = (scores as Float32Array).subarray((i - from) * classes, (i - from + 1) * classes);
      if (row.indexOf(Math.max(...row)) === labels[i]) correct++;
    }
    await onProgress(to);
  }
  return correct;
}

/** How many images the light reader in float reads correctly. */
export function scoreReader(
  reader: tf.LayersModel,
  images: tf.Tensor4D,
  labels: Uint8Array,
): number {
  const scores = reader.predict(images, { batchSize: 500 }) as tf.Tensor;
  const answers = scores.argMax(-1);
  const found = answers.dataSync();
  scores.dispose();
  answers.dispose();
  return labels.reduce((sum, label, i) => sum + Number(found[i] === label), 0);
}

function readAccusation(accusation: Accusation): Accusation {
  const { sabotage, layer, specimen } = (accusation ?? {}) as Partial<Accusation>;
  if (!sabotage || !SABOTAGES.includes(sabotage)) {
    throw wrong(`sabotage must be one of ${SABOTAGES.join(', ')}; it is ${String(sabotage)}.`);
  }
  if (sabotage === 'poisoned-sample') {
    if (!Number.isInteger(specimen) || specimen! < 0 || specimen! >= SPECIMENS) {
      throw wrong(
        `Of a poisoned sample say which: specimen, a whole number from 0 to ${SPECIMENS - 1}.`,
      );
    }
    if (layer !== undefined)
      throw wrong('A poisoned sample lies in the drawer and at no layer: leave layer out.');
    return { sabotage, specimen: specimen! };
  }
  const layers = [...new Set(Object.values(LAYERS).flat())].sort();
  if (specimen !== undefined) throw wrong(`Of ${sabotage} there is no specimen: leave it out.`);
  if (typeof layer !== 'string' || layer === '') {
    throw wrong(`Of ${sabotage} say at which layer: layer, for example '${layers[0]}'.`);
  }
  return { sabotage, layer };
}

const wrong = (explain: string): ReaderError =>
  new ReaderError({ code: 'accusation-wrong', explain });
