/** Everything that is compared: what `npm run agreement` writes down and the browser tests judge. */
import type { Page } from 'playwright-core';
import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../../src/engine/keras/index.ts';
import { withFloatIO } from '../../src/engine/tflite/index.ts';
import type { OutputAgreement } from '../../src/litert/agreement.ts';
import type { ReaderErrorData } from '../../src/shared/reader-error.ts';
import { int8Operators } from './file-operators.ts';
import { measure, tryRun, type Measured } from './measure.ts';
import type { Outcome } from './page.ts';
import { randomImages, referenceFiles, sharedFile } from './reference-files.ts';
import { refusedFiles } from './refused-files.ts';
import { singleOperators, type Way } from './single-operators.ts';
import type { LiteRtSite } from './site.ts';
import {
  testImages,
  withoutSoftmax,
  writeModes,
  writeNetwork,
  type Mode,
} from './written-files.ts';

const IMAGES = 20;
const CALIBRATION_IMAGES = 32;
export const RESNET = 'pretrainedResnet.h5';

/** Counts of several outputs together. */
export interface Totals {
  elements: number;
  exact: number;
  worst: number;
}

export interface NetworkRow {
  network: string;
  mode: Mode;
  bytes: number;
  /** The file as it is. */
  outcome: Outcome;
  /** The file without its softmax. */
  logits: Outcome;
  /** Its operators of int8, each alone. */
  alone: Totals | undefined;
}

/** A network of the book, in every mode, on MNIST's first test images. */
export async function collectNetwork(
  page: Page,
  site: LiteRtSite,
  network: string,
): Promise<NetworkRow[]> {
  return collectModes(page, site, network, await writeNetwork(network), testImages(IMAGES));
}

/** ResNet-8, opened from its Keras file and written in every mode, on random images; none where it is not. */
export async function collectResnet(page: Page, site: LiteRtSite): Promise<NetworkRow[]> {
  const keras = sharedFile(`models/${RESNET}`);
  if (!keras) return [];
  const model = await loadModel(keras);
  const files = await writeModes(model, function* () {
    for (const [image] of randomImages(CALIBRATION_IMAGES, 5))
      yield tf.tensor(image!, [1, 32, 32, 3]);
  });
  model.dispose();
  return collectModes(page, site, RESNET, files, randomImages(IMAGES, 221));
}

async function collectModes(
  page: Page,
  site: LiteRtSite,
  network: string,
  files: ReadonlyMap<Mode, Uint8Array>,
  examples: Float32Array[][],
): Promise<NetworkRow[]> {
  const rows: NetworkRow[] = [];
  for (const [mode, bytes] of files) {
    rows.push({
      network,
      mode,
      bytes: bytes.length,
      outcome: await measure(page, site, { bytes, examples }),
      logits: await measure(page, site, { bytes: withoutSoftmax(bytes), examples }),
      alone: mode === 'int8' ? await collectAlone(page, site, bytes) : undefined,
    });
  }
  return rows;
}

export interface OperatorRow {
  title: string;
  way: Way;
  outcome: Outcome;
}

export async function collectOperators(page: Page, site: LiteRtSite): Promise<OperatorRow[]> {
  const rows: OperatorRow[] = [];
  for (const operator of singleOperators()) {
    const { title, way } = operator;
    rows.push({ title, way, outcome: await measure(page, site, operator) });
  }
  return rows;
}

export interface ReferenceRow {
  title: string;
  isTaken: boolean;
  /** Why the file as it is was refused; undefined if it was not. */
  refusal: ReaderErrorData | undefined;
  /** The file with floats in and out and a batch of 1. */
  outcome: Outcome;
  alone: Totals | undefined;
}

export async function collectReferences(page: Page, site: LiteRtSite): Promise<ReferenceRow[]> {
  const rows: ReferenceRow[] = [];
  for (const { title, isTaken, bytes, examples } of referenceFiles()) {
    const rewritten = withFloatIO(bytes);
    const alone = await collectAlone(page, site, bytes);
    rows.push({
      title,
      isTaken,
      refusal: await tryRun(page, site, { bytes, examples }),
      outcome: await measure(page, site, { bytes: rewritten, examples }),
      alone: alone.elements > 0 ? alone : undefined,
    });
  }
  return rows;
}

export interface RefusedRow {
  title: string;
  refusal: ReaderErrorData | undefined;
  /** Whether it is expected to run once it is rewritten, and what became of that. */
  rewritten: Outcome | undefined;
}

export async function collectRefused(page: Page, site: LiteRtSite): Promise<RefusedRow[]> {
  const rows: RefusedRow[] = [];
  for (const { title, bytes, size, runsRewritten } of await refusedFiles()) {
    const examples = [[new Float32Array(size)]];
    rows.push({
      title,
      refusal: await tryRun(page, site, { bytes, examples }),
      rewritten: runsRewritten
        ? await measure(page, site, { bytes: withFloatIO(bytes), examples })
        : undefined,
    });
  }
  return rows;
}

async function collectAlone(page: Page, site: LiteRtSite, bytes: Uint8Array): Promise<Totals> {
  const totals: Totals = { elements: 0, exact: 0, worst: 0 };
  for (const operator of int8Operators(bytes)) {
    const { elements, exact, worst } = agreed(await measure(page, site, operator as Measured));
    totals.elements += elements;
    totals.exact += exact;
    totals.worst = Math.max(totals.worst, worst);
  }
  return totals;
}

/** The one output of an outcome that must be a report. */
export function agreed(outcome: Outcome): OutputAgreement {
  if ('report' in outcome) return outcome.report.outputs[0]!;
  throw new Error(`LiteRT and the engine did not both run the file: ${JSON.stringify(outcome)}`);
}
