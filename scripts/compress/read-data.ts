import { extname } from 'node:path';
import { ReaderError } from '../../src/shared/reader-error.ts';
import { readMnist, type MnistSplit } from '../../src/build/mnist.ts';
import { datasetFrom, type Dataset } from '../../src/workbench/dataset.ts';
import type { Examples } from '../../src/workbench/examples.ts';
import { readNpy, readNpz, type NpyArray } from '../../src/workbench/npz.ts';
import { readLabels } from '../../src/workbench/read-labels.ts';
import { MNIST, type Arguments } from './arguments.ts';
import { readBytes } from './files.ts';

/** Examples for each purpose, and what was done to them. */
export interface Data {
  calibration: Examples | undefined;
  labelled: Examples | undefined;
  test: Examples | undefined;
  notes: string[];
}

/** Images that the book offers to its readers. */
const MNIST_IMAGES: Record<MnistSplit, number> = { train: 15_000, test: 10_000 };

/**
 * Reads the examples that the command line names.
 *
 * @param classes - how many classes the model tells apart, where it does
 */
export async function readData(
  { calibration: from, labels, scale }: Arguments,
  inputShape: readonly (number | null)[],
  classes: number | undefined,
): Promise<Data> {
  const options = { ...(classes && { classes }), ...(scale !== undefined && { scale }) };
  const read = async (path: string): Promise<Dataset> =>
    datasetFrom(await arraysOf(path), inputShape, options);
  const calibrated = from === undefined ? undefined : await read(from);
  let labelled: Dataset | undefined;
  if (labels !== undefined && extname(labels).toLowerCase() === '.npy') {
    labelled = await labelledBy(labels, calibrated, classes);
  } else if (labels !== undefined) labelled = await read(labels);
  if (labelled && !labelled.examples.labels) throw noLabels(labels!, classes);
  // Labels that lie in the calibration file are there to be used.
  const known = labelled ?? (calibrated?.examples.labels ? calibrated : undefined);
  return {
    calibration: calibrated?.examples,
    labelled: known?.examples,
    test: known?.heldOut?.labels ? known.heldOut : undefined,
    notes: [...new Set([...(calibrated?.notes ?? []), ...(labelled?.notes ?? [])])],
  };
}

async function arraysOf(path: string): Promise<Map<string, NpyArray>> {
  if (path === MNIST) return mnistArrays();
  const bytes = await readBytes(path);
  return extname(path).toLowerCase() === '.npy' ? new Map([['x', readNpy(bytes)]]) : readNpz(bytes);
}

function mnistArrays(): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  for (const split of ['train', 'test'] as const) {
    const { pixels, labels, rows, cols } = readMnist(split);
    const count = MNIST_IMAGES[split];
    const data = pixels.subarray(0, count * rows * cols);
    arrays.set(`x_${split}`, { dtype: 'uint8', shape: [count, rows, cols], data });
    arrays.set(`y_${split}`, {
      dtype: 'uint8',
      shape: [count],
      data: labels.subarray(0, count),
    });
  }
  return arrays;
}

async function labelledBy(
  path: string,
  calibrated: Dataset | undefined,
  classes: number | undefined,
): Promise<Dataset> {
  if (!calibrated) {
    throw new ReaderError({
      code: 'labels-without-examples',
      explain: `${path} holds labels alone, and there are no examples that they could be of.`,
      hint: 'Give the examples with --calibration, or one .npz of both with --labels.',
    });
  }
  if (classes === undefined) throw noLabels(path, classes);
  const { examples } = calibrated;
  const array = readNpy(await readBytes(path));
  const found = readLabels('labels', array, examples.count, classes);
  return { examples: { ...examples, labels: found }, notes: [] };
}

function noLabels(path: string, classes: number | undefined): ReaderError {
  return new ReaderError({
    code: 'labels-missing',
    explain:
      classes === undefined
        ? 'The model tells no classes apart: labels say nothing of its answers.'
        : `${path} has examples and no labels beside them.`,
    hint:
      classes === undefined
        ? 'Leave --labels out: errors are measured layer by layer without them.'
        : 'Save them together: numpy.savez("data.npz", x=images, y=labels).',
  });
}
