import { ReaderError } from '../shared/reader-error.ts';
import {
  LEAST_REPETITIONS,
  MOST_MODEL_BYTES,
  MOST_REPETITIONS,
  MOST_TENSORS,
  MOST_VALUES,
  MOST_WARM_UP,
} from './protocol.ts';

export interface TimeOptions {
  /** Runs that are not counted; 3 unless told. */
  warmUp?: number;
  /** Timed runs, or groups of runs where one is too short for the clock; 30 unless told, 6 at least. */
  repetitions?: number;
}

export function requireModel(bytes: unknown): asserts bytes is Uint8Array {
  const isModel =
    bytes instanceof Uint8Array && String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3';
  if (!isModel) {
    throw wrongArgument(
      'The model must be the bytes of a .tflite file, as a Uint8Array; bytes 4 to 7 of such a file are TFL3.',
      'Of a converter: await converter.convert(). Of a file: new Uint8Array(await file.arrayBuffer()).',
    );
  }
  if (bytes.length > MOST_MODEL_BYTES) {
    throw wrongArgument(`The model has ${bytes.length} bytes; ${MOST_MODEL_BYTES} are the most.`);
  }
}

export function requireInputs(inputs: unknown): Float32Array[] {
  if (
    !Array.isArray(inputs) ||
    inputs.length > MOST_TENSORS ||
    !inputs.every((input) => input instanceof Float32Array)
  ) {
    throw wrongArgument(
      'inputs must be a list of Float32Array, one for each input of the model.',
      'For a model with one input: [Float32Array.from(values)].',
    );
  }
  const count = inputs.reduce((sum: number, input: Float32Array) => sum + input.length, 0);
  if (count > MOST_VALUES) {
    throw wrongArgument(`inputs hold ${count} values; ${MOST_VALUES} are the most.`);
  }
  return [...inputs];
}

/** Both in full. */
export function requireTimeOptions(options: TimeOptions): Required<TimeOptions> {
  const { warmUp = 3, repetitions = 30 } = options;
  requireCount('warmUp', warmUp, 0, MOST_WARM_UP);
  requireCount('repetitions', repetitions, LEAST_REPETITIONS, MOST_REPETITIONS);
  return { warmUp, repetitions };
}

function requireCount(name: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw wrongArgument(
    `${name} must be a whole number from ${least} to ${most}; it is ${String(value)}.`,
  );
}

const wrongArgument = (explain: string, hint?: string): ReaderError =>
  new ReaderError({ code: 'litert-argument', explain, ...(hint === undefined ? {} : { hint }) });
