import { ReaderError } from '../../../shared/reader-error.ts';
import { datasetFrom, type Dataset } from '../../../workbench/dataset.ts';
import { readNpy, readNpz } from '../../../workbench/npz.ts';
import type { Examples } from '../../../workbench/examples.ts';
import type { DataRole } from '../protocol.ts';
import type { InputRange } from '../settings.ts';
import { readFile } from './read-file.ts';
import { readImages } from './read-images.ts';
import { bytesToRange } from './value-range.ts';

/** What data are read for. */
export interface Purpose {
  role: DataRole;
  /** Of the model's one input, without the batch. */
  inputShape: readonly number[];
  /** Undefined where the model tells no classes apart. */
  classes: number | undefined;
  /** What bytes become. */
  range: Exclude<InputRange, 'auto'>;
}

/**
 * Reads data of the reader's own: a .npz or .npy of arrays, or images.
 *
 * @throws ReaderError `data-file-unknown`, `labels-missing`, and those of the readers
 */
export const readData = async (
  files: readonly File[],
  { role, inputShape, classes, range }: Purpose,
  between: (done: number) => Promise<void>,
): Promise<Dataset> => {
  const [file] = files;
  if (!file) throw new ReaderError({ code: 'data-file-unknown', explain: 'No file came.' });
  const isArray = /\.np[yz]$/i.test(file.name);
  if (isArray && files.length === 1) {
    const dataset = fromArrays(file.name, await readFile(file), inputShape, classes, range);
    if (role === 'labelled') requireLabels(dataset, file.name);
    return dataset;
  }
  const isImages = files.every(
    ({ name, type }) => type.startsWith('image/') || /\.(png|jpe?g|webp|bmp|gif)$/i.test(name),
  );
  if (isImages && role === 'calibration') {
    const { examples, notes } = await readImages(files, inputShape, between);
    return { examples: bytesToRange(examples, range), notes: [...notes, NOTES[range]] };
  }
  throw isImages ? imagesHaveNoLabels() : unknownFile(files, role);
};

const NOTES: Record<Purpose['range'], string> = {
  unit: 'Bytes became 0 … 1, black 0.',
  signed: 'Bytes became −1 … 1, black −1.',
  byte: 'Bytes stayed 0 … 255.',
};

const fromArrays = (
  name: string,
  bytes: Uint8Array,
  inputShape: readonly number[],
  classes: number | undefined,
  range: Purpose['range'],
): Dataset => {
  const arrays = /\.npy$/i.test(name) ? new Map([['x', readNpy(bytes, name)]]) : readNpz(bytes);
  const options = classes === undefined ? {} : { classes };
  if (range === 'unit') return datasetFrom(arrays, inputShape, options);
  const dataset = datasetFrom(arrays, inputShape, { ...options, scale: 1 });
  const { examples, heldOut } = dataset;
  if (!isBytes(examples)) return dataset;
  return {
    examples: bytesToRange(examples, range),
    ...(heldOut && { heldOut: isBytes(heldOut) ? bytesToRange(heldOut, range) : heldOut }),
    notes: [...dataset.notes, NOTES[range]],
  };
};

/** Truths and digits of 0 and 1 are no bytes of images. */
const isBytes = ({ values }: Examples): boolean =>
  values instanceof Uint8Array && values.some((value) => value > 1);

const requireLabels = ({ examples, heldOut }: Dataset, name: string): void => {
  if (examples.labels && (!heldOut || heldOut.labels)) return;
  throw new ReaderError({
    code: 'labels-missing',
    explain: `${name} holds examples without their labels.`,
    hint: 'Save both: numpy.savez("data.npz", x=images, y=labels). For calibration alone examples are enough.',
  });
};

const imagesHaveNoLabels = (): ReaderError =>
  new ReaderError({
    code: 'labels-missing',
    explain:
      'Images come without labels; they can calibrate, but not tell how often the model is right.',
    hint: 'Save them with their labels in a .npz: numpy.savez("data.npz", x=images, y=labels).',
  });

const unknownFile = (files: readonly File[], role: DataRole): ReaderError =>
  new ReaderError({
    code: 'data-file-unknown',
    explain:
      files.length === 1
        ? `${files[0]!.name} is no data that is read here.`
        : `${files.length} files came that do not go together.`,
    hint:
      role === 'labelled'
        ? 'Give one .npz with examples x and labels y.'
        : 'Give one .npz or .npy, or any number of images (PNG, JPEG, WebP).',
  });
