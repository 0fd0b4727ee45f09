/** What a cell has of the reader's case: the file that failed, and the accusation. */
import * as tf from '@tensorflow/tfjs';
import {
  ALLOWED_LOSS,
  SUSPECTS,
  judgeAccusation,
  makeTrial,
  scoreReader,
  scoreRepair,
  type Accusation,
} from '../crime/index.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { display, progress } from './book-display.ts';
import { openDataset, openModel } from './book-open.ts';
import { currentRun } from './realm/run-channel.ts';
import type { DatasetSlice } from './book-types.ts';

/** What the reader has of the case. */
export interface TrialEvidence {
  /** The .tflite file that failed: int8 inside, floats in and out. */
  file: Uint8Array;
  /** The hundred sheets that it was calibrated on, as they lie in the drawer. */
  specimens: DatasetSlice;
}

/** Test images that a mended file is judged by. */
const IMAGES = 10_000;

/** The file of the last case that was asked for: making it takes seconds. */
let trial: { caseNumber: number; evidence: Promise<TrialEvidence> } | undefined;

/**
 * Opens the trial file of the reader's own case, as the works made it.
 *
 * @throws {ReaderError} `no-case` in a check, `file-not-loaded` without a connection
 */
export async function openTrial(): Promise<TrialEvidence> {
  const caseNumber = requireCase('openTrial');
  if (trial?.caseNumber !== caseNumber) {
    const evidence = makeEvidence(caseNumber);
    trial = { caseNumber, evidence };
    evidence.catch(() => (trial = undefined));
  }
  const { file, specimens } = await trial!.evidence;
  // Copies: a cell may write into what it gets.
  return {
    file: file.slice(),
    specimens: {
      ...specimens,
      images: specimens.images.slice(),
      labels: specimens.labels.slice(),
    },
  };
}

/** What came of an accusation. */
export interface Verdict {
  convicted: boolean;
  /** Of the 10,000 test images. */
  correct: { float: number; mended: number };
}

/** What the file that was handed in last reads: counting takes half a minute. */
let counted: { file: Uint8Array; correct: Verdict['correct'] } | undefined;

/**
 * Accuses somebody of having spoiled the trial file, and hands in the file as it should have been. The engine
 * convicts if the mended file, run in integers on all 10,000 test images, reads at most half a point fewer than the
 * network in float, and if the deed and its place are what was done in the reader's case. An accusation without such a
 * file is not heard, and of one that fails nothing is said but that. Takes half a minute; with the same file again, a
 * moment.
 *
 * @param accusation what was done: `{ sabotage, layer }`, or `{ sabotage: 'poisoned-sample', specimen }`
 * @param mended the .tflite file made anew, int8 throughout
 * @throws {ReaderError} `accusation-wrong` for what is none, `repair-not-integers`, `repair-other-shape`, and those of
 * files that cannot be read
 */
export async function accuse(accusation: Accusation, mended: Uint8Array): Promise<Verdict> {
  const caseNumber = requireCase('accuse');
  const finding = judgeAccusation(caseNumber, accusation);
  const correct = await count(mended);
  display.table(
    [
      { '': 'the light reader in float', 'read correctly': correct.float },
      { '': 'your mended file', 'read correctly': correct.mended },
    ],
    { title: `Of all ${IMAGES.toLocaleString('en-GB')} test images` },
  );
  const { name, post } = SUSPECTS[accusation.sabotage];
  if (correct.mended < correct.float - ALLOWED_LOSS * IMAGES) {
    console.log(
      'NOT HEARD. The mended file still loses more than half a point: the engine hears an accusation when the reader reads again.',
    );
    return { convicted: false, correct };
  }
  if (finding !== 'right') {
    console.log(
      `NOT PROVEN against ${name}, ${post}. Either another thing was done to this file, or it was done at another place; the engine does not say which.`,
    );
    return { convicted: false, correct };
  }
  console.log(`CONVICTED: ${name}, ${post}.`);
  currentRun()?.convict(accusation.sabotage);
  return { convicted: true, correct };
}

/** How many of all test images the light reader in float and the mended file read. */
async function count(mended: Uint8Array): Promise<Verdict['correct']> {
  if (counted && mended instanceof Uint8Array && sameBytes(counted.file, mended))
    return counted.correct;
  const [reader, set] = [
    await openModel('depthwise-net'),
    await openDataset('mnist-test', { count: IMAGES }),
  ];
  const x = tf.tensor4d(set.images, set.shape as [number, number, number, number]);
  try {
    const float = scoreReader(reader, x, set.labels);
    const found = await scoreRepair(mended, set.images, set.labels, async (done) => {
      progress(done, set.count, 'reading with the mended file');
      await new Promise((resolve) => setTimeout(resolve));
    });
    counted = { file: mended.slice(), correct: { float, mended: found } };
    return counted.correct;
  } finally {
    x.dispose();
    reader.dispose();
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

async function makeEvidence(caseNumber: number): Promise<TrialEvidence> {
  const [reader, sheets] = [
    await openModel('depthwise-net'),
    await openDataset('mnist-train', { count: 100 }),
  ];
  try {
    const { file, specimens } = await makeTrial(reader, sheets.images, caseNumber);
    return { file, specimens: { ...sheets, images: specimens } };
  } finally {
    reader.dispose();
  }
}

function requireCase(call: string): number {
  const caseNumber = currentRun()?.caseNumber;
  if (caseNumber !== undefined) return caseNumber;
  throw new ReaderError({
    code: 'no-case',
    explain: `${call} works in a cell only.`,
    hint: 'An exercise gets what it needs as arguments.',
  });
}
