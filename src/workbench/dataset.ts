import { ReaderError } from '../shared/reader-error.ts';
import type { Examples } from './examples.ts';
import { fitsShape, requireFit, shown } from './match-shape.ts';
import type { NpyArray } from './npy.ts';
import { readLabels } from './read-labels.ts';

/** What a file of arrays holds for a model. */
export interface Dataset {
  /** To calibrate and to train with. */
  examples: Examples;
  /** Kept apart by the file, to measure with. */
  heldOut?: Examples;
  /** What was done to the arrays, in words. */
  notes: string[];
}

export interface DatasetOptions {
  /** How many classes the model tells apart; without it labels are left alone. */
  classes?: number;
  /** What values are multiplied by; unless told 1/255 for bytes that go beyond 1, else 1. */
  scale?: number;
}

/** Names that arrays of examples and their labels go by, the best first. */
const PAIRS: readonly (readonly [examples: string, labels: readonly string[]])[] = [
  ['x_train', ['y_train']],
  ['train_images', ['train_labels']],
  ['x', ['y', 'labels', 'label']],
  ['images', ['labels', 'label', 'y']],
  ['inputs', ['labels', 'targets', 'y']],
  ['data', ['target', 'targets', 'labels', 'y']],
  ['features', ['labels', 'targets', 'y']],
  ['calibration', ['labels', 'y']],
  ['arr_0', ['arr_1']],
];
const HELD_OUT: typeof PAIRS = [
  ['x_test', ['y_test']],
  ['test_images', ['test_labels']],
  ['x_val', ['y_val']],
  ['arr_2', ['arr_3']],
];

/**
 * Finds examples, and their labels, among the arrays of a file, and brings them to the model's input: bytes are scaled
 * to 0 … 1, axes of size 1 are added or left out, images flattened or folded. Everything that was done is in `notes`.
 *
 * @param arrays - by name, as {@link readNpz} gives them
 * @param inputShape - the model's input, without the batch
 * @throws ReaderError `dataset-no-examples`, `examples-wrong-shape`, `examples-empty`, `examples-not-finite`,
 *   `input-shape-open`, and those of {@link readLabels}
 */
export function datasetFrom(
  arrays: ReadonlyMap<string, NpyArray>,
  inputShape: readonly (number | null)[],
  { classes, scale }: DatasetOptions = {},
): Dataset {
  const wanted = requireKnown(inputShape);
  const byName = new Map([...arrays].map(([name, array]) => [name.toLowerCase(), { name, array }]));
  const notes: string[] = [];
  const read = ({ name, array, labels }: Found): Examples => {
    requireFit(name, array, wanted);
    requireFinite(name, array);
    const count = array.shape[0]!;
    const found: Examples = {
      count,
      shape: wanted,
      values: array.data,
      scale: scale ?? scaleOf(name, array, notes),
      source: name,
    };
    const each = array.shape.slice(1);
    if (shown(each) !== shown(wanted)) {
      notes.push(`${name}: examples of ${shown(each)} were reshaped to ${shown(wanted)}.`);
    }
    if (classes === undefined || !labels) return found;
    return { ...found, labels: readLabels(labels.name, labels.array, count, classes) };
  };
  const train = find(PAIRS, byName) ?? findOnly(byName, wanted);
  const test = find(HELD_OUT, byName);
  const first = train ?? test;
  if (!first) throw nothingFound(arrays, wanted);
  const examples = read(first);
  return { examples, ...(train && test && { heldOut: read(test) }), notes };
}

interface Named {
  name: string;
  array: NpyArray;
}

type Found = Named & { labels?: Named | undefined };

function find(pairs: typeof PAIRS, byName: ReadonlyMap<string, Named>): Found | undefined {
  for (const [examples, labels] of pairs) {
    const found = byName.get(examples);
    if (!found) continue;
    const known = labels.find((name) => byName.has(name));
    return { ...found, labels: known === undefined ? undefined : byName.get(known) };
  }
  return undefined;
}

/** The one array that fits the input, whatever its name; none where several do. */
function findOnly(
  byName: ReadonlyMap<string, Named>,
  wanted: readonly number[],
): Found | undefined {
  if (find(HELD_OUT, byName)) return undefined;
  if (byName.size === 1) return [...byName.values()][0];
  const fitting = [...byName.values()].filter(({ array: { shape } }) => {
    return shape.length > 0 && fitsShape(shape.slice(1), wanted);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function scaleOf(name: string, { dtype, data }: NpyArray, notes: string[]): number {
  const isBytes = dtype === 'uint8';
  let largest = -Infinity;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, data[i]!);
  if (isBytes && largest > 1) {
    notes.push(`${name}: bytes of 0 … 255 were divided by 255, to 0 … 1.`);
    return 1 / 255;
  }
  if (!isBytes && largest > 1) {
    notes.push(
      `${name}: values reach ${Number(largest.toPrecision(4))} and were left as they are; if the model was trained on 0 … 1, divide them first.`,
    );
  }
  return 1;
}

function requireFinite(name: string, { data, shape }: NpyArray): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new ReaderError({
    code: 'examples-not-finite',
    explain: `The array ${name} holds ${data[bad]} in example ${Math.floor(bad / (data.length / shape[0]!))}.`,
    hint: 'Look at where the data came from: a division by zero or a missing value leaves NaN.',
  });
}

function requireKnown(shape: readonly (number | null)[]): number[] {
  const open = shape.findIndex((size) => !(typeof size === 'number' && size > 0));
  if (open < 0) return [...(shape as readonly number[])];
  throw new ReaderError({
    code: 'input-shape-open',
    explain: `The model's input has the shape ${shown(shape)}: its size along axis ${open} is not known.`,
    hint: 'Build the model again with a whole inputShape.',
  });
}

function nothingFound(
  arrays: ReadonlyMap<string, NpyArray>,
  wanted: readonly number[],
): ReaderError {
  const list = [...arrays].map(([name, { shape }]) => `${name} ${shown(shape)}`).join(', ');
  return new ReaderError({
    code: 'dataset-no-examples',
    explain: `None of the arrays is called as examples are; there are ${list || 'none'}.`,
    elaborate: `The model takes ${shown(['n' as never, ...wanted])}.`,
    hint: 'Name the examples x and their labels y: numpy.savez("data.npz", x=images, y=labels).',
  });
}
