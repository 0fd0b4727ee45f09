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

/**
 * Accuses somebody of having spoiled the trial file, and hands in the file as it should have been. The engine
 * convicts if the deed and its place are what was done in the reader's case, and if the mended file, run in integers on
 * all 10,000 test images, reads at most half a point fewer than the network in float. Takes half a minute.
 *
 * @param accusation what was done: `{ sabotage, layer }`, or `{ sabotage: 'poisoned-sample', specimen }`
 * @param mended the .tflite file made anew, int8 throughout
 * @throws {ReaderError} `accusation-wrong` for what is none, `repair-not-integers`, `repair-other-shape`, and those of
 * files that cannot be read
 */
export async function accuse(accusation: Accusation, mended: Uint8Array): Promise<Verdict> {
  const caseNumber = requireCase('accuse');
  const finding = judgeAccusation(caseNumber, accusation);
  const [reader, set] = [
    await openModel('depthwise-net'),
    await openDataset('mnist-test', { count: 10_000 }),
  ];
  const x = tf.tensor4d(set.images, set.shape as [number, number, number, number]);
  try {
    const float = scoreReader(reader, x, set.labels);
    const found = await scoreRepair(mended, set.images, set.labels, async (done) => {
      progress(done, set.count, 'reading with the mended file');
      await new Promise((resolve) => setTimeout(resolve));
    });
    const recovers = found >= float - ALLOWED_LOSS * set.count;
    display.table(
      [
        { '': 'the light reader in float', 'read correctly': float },
        { '': 'your mended file', 'read correctly': found },
      ],
      { title: 'Of all 10,000 test images' },
    );
    const { name, post } = SUSPECTS[accusation.sabotage];
    console.log(
      {
        right: recovers
          ? `CONVICTED: ${name}, ${post}.`
          : `${name}, ${post}, did it; but the mended file still loses more than half a point. The engine convicts when the reader reads again.`,
        'wrong-deed': `NOT PROVEN against ${name}, ${post}. Something else was done to this file.`,
        'wrong-place': `NOT PROVEN. The manner is ${name}’s, but not the place: look again where it was done.`,
      }[finding],
    );
    return { convicted: finding === 'right' && recovers, correct: { float, mended: found } };
  } finally {
    x.dispose();
    reader.dispose();
  }
}

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
