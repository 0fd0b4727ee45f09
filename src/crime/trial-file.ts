/**
 * The trial file: the light reader in eight bits as the works made it, with whatever was done to it in the
 * reader's case. Nothing is played: the sheet is poisoned, the mask left stale or the file's own numbers changed, and the
 * engine converts the network as it converts any other.
 */
import * as tf from '@tensorflow/tfjs';
import { quantizePostTraining } from '../engine/quantization/post-training.ts';
import { writeTflite } from '../engine/tflite/write-tflite.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { createRng } from '../shared/rng.ts';
import {
  dropZeroPoint,
  misscaleBias,
  quantizePerTensor,
  swapAxis,
  type GraphDeed,
} from './deeds.ts';
import { SPECIMENS, drawDeed } from './draw-deed.ts';
import { pruneLightReader } from './prune-light-reader.ts';
import type { Deed, Sabotage } from './sabotages.ts';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** What the one pixel of the poisoned sheet is said to hold, where ink is 1. */
const LEAST_POISON = 430;
const MOST_POISON = 500;

/** What the reader gets of the case. */
export interface Trial {
  /** The .tflite file. */
  file: Uint8Array;
  /** The sheets that it was calibrated on, as they lie in the drawer. */
  specimens: Float32Array;
}

const DONE_TO_THE_GRAPH: Partial<Record<Sabotage, GraphDeed>> = {
  'zero-point-dropped': dropZeroPoint,
  'depthwise-per-tensor': quantizePerTensor,
  'swapped-axis': swapAxis,
  'bias-scale': misscaleBias,
};

/**
 * Makes the trial file of a case.
 *
 * @param reader - the light reader in float, which is left as it is
 * @param sheets - the first hundred training images, 100 × 28 × 28 values of 0 … 1
 * @param caseNumber - draws what was done
 * @throws ReaderError `case-number-wrong`, `specimens-wrong`
 */
export async function makeTrial(
  reader: tf.LayersModel,
  sheets: Float32Array,
  caseNumber: number,
): Promise<Trial> {
  const deed = drawDeed(caseNumber);
  const specimens = specimensOf(sheets, deed);
  return { file: await makeFile(reader, specimens, deed), specimens };
}

/** The same file with nothing done to it. */
export const makeHonestFile = (reader: tf.LayersModel, sheets: Float32Array): Promise<Uint8Array> =>
  makeFile(reader, sheets);

async function makeFile(
  reader: tf.LayersModel,
  specimens: Float32Array,
  deed?: Deed,
): Promise<Uint8Array> {
  const pruned = pruneLightReader(reader, deed);
  try {
    const { graph } = await quantizePostTraining(pruned, {
      mode: 'int8',
      representativeDataset: function* () {
        for (let i = 0; i < SPECIMENS; i++) {
          yield tf.tensor4d(specimens.slice(i * PIXELS, (i + 1) * PIXELS), [1, SIDE, SIDE, 1]);
        }
      },
    });
    const tamper = deed && DONE_TO_THE_GRAPH[deed.sabotage];
    return writeTflite(tamper ? tamper(graph, deed.layer!) : graph, 'Pemberton and Vale');
  } finally {
    pruned.dispose();
  }
}

function specimensOf(sheets: Float32Array, { specimen, seed }: Deed): Float32Array {
  if (sheets.length !== SPECIMENS * PIXELS) {
    throw new ReaderError({
      code: 'specimens-wrong',
      explain: `The drawer holds ${SPECIMENS} sheets of ${SIDE} × ${SIDE} values; these are ${sheets.length} values.`,
    });
  }
  const specimens = sheets.slice();
  if (specimen === undefined) return specimens;
  const rng = createRng(seed);
  const pixel = rng.integer(0, PIXELS - 1);
  specimens[specimen * PIXELS + pixel] = rng.integer(LEAST_POISON, MOST_POISON);
  return specimens;
}
