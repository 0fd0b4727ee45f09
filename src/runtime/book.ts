/**
 * `heavy-weights/book`: what cells can ask of the book itself: its models, its data, and a place on
 * the page to show results.
 */
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
import { caps } from './caps.ts';
import { chunkCount, decodeDatasetChunk } from './dataset-format.ts';
import { toImage, toTensorItem } from './realm/display-grids.ts';
import { label, toBarPlot, toHistogram, toLinePlot, toTable } from './realm/display-items.ts';
import { currentRun } from './realm/run-channel.ts';
import type {
  DatasetSlice,
  LineValues,
  Matrix,
  Picture,
  PlotOptions,
  TableRows,
  TitleOption,
} from './book-types.ts';
import type { FileEntry } from './wire.ts';

export type { Accusation } from '../crime/index.ts';
export type {
  Cell,
  DatasetSlice,
  LineValues,
  Matrix,
  Picture,
  PlotOptions,
  TableRows,
  TitleOption,
} from './book-types.ts';

/**
 * Opens a trained model of the book, ready to predict.
 *
 * @param name `lenet-300-100`
 * @returns the model, weights loaded
 * @throws {ReaderError} `unknown-file` for a name the book does not have, `file-not-loaded` without a connection
 */
export async function openModel(name: string): Promise<tf.LayersModel> {
  const entry = await askEntry('openModel', name, 'model');
  const topologyPart = entry.parts.findIndex((part) => part.endsWith('.json'));
  const json = JSON.parse(new TextDecoder().decode(await askPart(name, topologyPart))) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  };
  const buffers: Uint8Array[] = [];
  for (const path of json.weightsManifest.flatMap((group) => group.paths)) {
    buffers.push(await askPart(name, entry.parts.indexOf(path)));
  }
  const weightData = new Uint8Array(
    buffers.reduce((total, { byteLength }) => total + byteLength, 0),
  );
  let offset = 0;
  for (const buffer of buffers) {
    weightData.set(buffer, offset);
    offset += buffer.byteLength;
  }
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: weightData.buffer,
    }),
  );
}

/**
 * Opens a range of a data set of the book; only the parts that hold it are fetched.
 *
 * @param name `mnist-test` (10,000 images) or `mnist-train` (15,000)
 * @param range `from`: first image, 0 unless said; `count`: how many images
 * @throws {ReaderError} `unknown-file`, `file-not-loaded`, or `wrong-argument` for a range outside the set
 */
export async function openDataset(
  name: string,
  { from = 0, count }: { from?: number; count: number },
): Promise<DatasetSlice> {
  const { set } = await askEntry('openDataset', name, 'dataset');
  const { count: total, chunk, rows, cols } = set!;
  const pixelsPerImage = rows * cols;
  if (
    !Number.isInteger(from) ||
    !Number.isInteger(count) ||
    from < 0 ||
    count < 1 ||
    from + count > total
  ) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: `openDataset: there is no range from ${String(from)} of ${String(count)} images in '${name}'.`,
      elaborate: `It holds ${total.toLocaleString('en-GB')} images; from must be 0 or more, count 1 or more, both whole numbers.`,
    });
  }
  const images = new Float32Array(count * pixelsPerImage);
  const labels = new Uint8Array(count);
  const parts: number[] = [];
  for (let part = Math.floor(from / chunk); part * chunk < from + count; part++) parts.push(part);
  // Asked for together, so that the page knows at once how much is to come.
  const files = await Promise.all(parts.map((part) => askPart(name, part)));
  for (const [index, part] of parts.entries()) {
    const size = chunkCount(set!, part);
    const { pixels, labels: partLabels } = await decodeDatasetChunk(files[index]!, {
      count: size,
      rows,
      cols,
    });
    const first = Math.max(from, part * chunk);
    const last = Math.min(from + count, part * chunk + size);
    labels.set(partLabels.subarray(first - part * chunk, last - part * chunk), first - from);
    const source = (first - part * chunk) * pixelsPerImage;
    const target = (first - from) * pixelsPerImage;
    const length = (last - first) * pixelsPerImage;
    for (let pixel = 0; pixel < length; pixel++)
      images[target + pixel] = pixels[source + pixel]! / 255;
  }
  return { images, labels, count, shape: [count, rows, cols, 1] };
}

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

/** Shows results below the cell. */
export const display = {
  /** A table: one object a row, keys as columns; or columns and rows. At most 200 rows are shown. */
  table(rows: TableRows, options?: TitleOption): void {
    currentRun()?.show(toTable(rows, options));
  },
  /** Lines over x (or over 0, 1, 2, …), one for each key. */
  line(series: Record<string, LineValues>, options?: PlotOptions): void {
    currentRun()?.show(toLinePlot(series, options));
  },
  /** One bar for each key. */
  bar(values: Record<string, number>, options?: PlotOptions): void {
    currentRun()?.show(toBarPlot(values, options));
  },
  /** How often values fall into each of `bins` (40 unless said) equal intervals. */
  histogram(values: ArrayLike<number>, options?: PlotOptions & { bins?: number }): void {
    currentRun()?.show(toHistogram(values, options));
  },
  /** A matrix as colours; blocks are averaged above 128 × 128. */
  heatmap(values: Matrix, options?: TitleOption): void {
    currentRun()?.show(toTensorItem(values, options));
  },
  /** A picture from pixels. */
  image(picture: Picture, options?: TitleOption): void {
    currentRun()?.show(toImage(picture, options));
  },
};

/** Moves the progress bar below the cell: `done` of `total`, with a word on what is being done. */
export function progress(done: number, total: number, what = ''): void {
  if (!Number.isFinite(done) || !Number.isFinite(total) || total <= 0) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: 'progress: `done` and `total` must be numbers, and `total` more than 0.',
      elaborate: `They are ${String(done)} and ${String(total)}.`,
    });
  }
  currentRun()?.progress({ done: Math.min(Math.max(done, 0), total), total, label: label(what) });
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

async function askEntry(call: string, name: string, kind: FileEntry['kind']): Promise<FileEntry> {
  if (typeof name !== 'string' || name.length > caps.labelLength) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: `${call}: \`name\` must be the name of a ${kind}.`,
    });
  }
  const reply = await ask(name);
  if (!('entry' in reply)) throw new Error(`${call}: the host answered with bytes.`);
  if (reply.entry.kind !== kind) {
    throw new ReaderError({
      code: 'wrong-kind-of-file',
      explain: `${call}: '${name}' is a ${reply.entry.kind}, not a ${kind}.`,
      hint: `Use ${kind === 'model' ? 'openDataset' : 'openModel'} for it.`,
    });
  }
  return reply.entry;
}

async function askPart(name: string, part: number): Promise<Uint8Array> {
  const reply = await ask(name, part);
  if (!('bytes' in reply)) throw new Error('The host answered without bytes.');
  return reply.bytes;
}

async function ask(
  name: string,
  part?: number,
): Promise<{ entry: FileEntry } | { bytes: Uint8Array }> {
  const run = currentRun();
  if (!run)
    throw new ReaderError({
      code: 'run-ended',
      explain: `'${name}' was asked for after the run had ended.`,
    });
  const reply = await run.requestFile(name, part);
  if (!reply.ok) throw new ReaderError(reply.error);
  return reply;
}
