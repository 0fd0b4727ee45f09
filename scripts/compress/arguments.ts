import { resolve } from 'node:path';
import { parseOptions } from '../command-line/parse-options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { CompressOptions, NamedDevice } from '../../src/workbench/compress.ts';

/** What was asked for. Paths are absolute; `mnist` stands for the images of the book. */
export interface Arguments {
  input: string;
  output: string | undefined;
  h5: string | undefined;
  keras: string | undefined;
  report: string | undefined;
  force: boolean;
  calibration: string | undefined;
  labels: string | undefined;
  scale: number | undefined;
  /** Whether anything was asked for that makes a file other. */
  changes: boolean;
  options: Pick<
    CompressOptions,
    | 'mode'
    | 'prune'
    | 'cluster'
    | 'testExamples'
    | 'seed'
    | 'devices'
    | 'inferenceInputType'
    | 'inferenceOutputType'
  >;
}

export const MNIST = 'mnist';

export const USAGE = `npm run compress -- IN -o OUT.tflite [options]

IN is a model of Keras (.h5, .keras) or TensorFlow.js (model.json). A .tflite file is measured only.

  -o, --output FILE       where the .tflite goes
  --mode MODE             int8 (unless told), dynamic, float16, int16x8, int4 or float32
  --calibration FILE      inputs like those the model will meet: a .npz or .npy, or ${MNIST}; noise unless told
  --prune SHARE           share of each kernel's weights that becomes zero, such as 0.9
  --fine-tune EPOCHS      prune while training on the labelled examples
  --cluster COUNT         at most so many different values a kernel, such as 32
  --labels FILE           to measure and fine-tune with: a .npz of x and y (and x_test, y_test), or ${MNIST};
                          or a .npy of labels for the examples of --calibration
  --scale NUMBER          what values of the data are multiplied by; unless told 1/255 for bytes
  --examples COUNT        how many examples are measured at most; 1000 unless told
  --input-type TYPE       what goes in: float32 (unless told), int8 or int16
  --output-type TYPE      what comes out
  --device NAME:FLASH:RAM does it fit? In bytes, or with K or M: nano:1M:256K
  --seed NUMBER           everything random comes from it; 1894 unless told
  --report FILE           the report as Markdown (.md), or as data (.json)
  --h5 FILE, --keras FILE the pruned and clustered model in float
  --force                 write over files that are there
  -h, --help              this text`;

const TEXT = { type: 'string' } as const;

/** Reads the command line. Relative paths are meant from where npm was called. */
export function readArguments(args: string[]): Arguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [input, ...more] = positionals;
  if (input === undefined) throw new UsageError('Say which model: the file is missing.');
  if (more.length > 0) throw new UsageError(`One model at a time; ${more.join(' ')} is too much.`);
  if (values['fine-tune'] !== undefined && values.prune === undefined) {
    throw new UsageError('--fine-tune goes with --prune, which says how far.');
  }
  const { prune, cluster, mode, 'fine-tune': epochs } = values;
  const file = (name: string | undefined): string | undefined =>
    name === undefined || name === MNIST
      ? name
      : resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  return {
    input: file(input)!,
    output: file(values.output),
    h5: file(values.h5),
    keras: file(values.keras),
    report: file(values.report),
    force: values.force ?? false,
    calibration: file(values.calibration),
    labels: file(values.labels),
    scale: number('scale', values.scale),
    changes: [prune, cluster, mode, epochs, values['input-type'], values['output-type']].some(
      (value) => value !== undefined,
    ),
    options: {
      mode: (mode ?? 'int8') as CompressOptions['mode'],
      ...(prune !== undefined && {
        prune: {
          sparsity: number('prune', prune)!,
          ...(epochs !== undefined && {
            method: 'fine-tune' as const,
            epochs: number('fine-tune', epochs)!,
          }),
        },
      }),
      ...(cluster !== undefined && { cluster: { clusters: number('cluster', cluster)! } }),
      testExamples: number('examples', values.examples),
      seed: number('seed', values.seed),
      devices: values.device?.map(readDevice),
      inferenceInputType: values['input-type'] as 'int8' | undefined,
      inferenceOutputType: values['output-type'] as 'int8' | undefined,
    },
  };
}

const parse = (args: string[]) =>
  parseOptions({
    args,
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      mode: TEXT,
      calibration: TEXT,
      prune: TEXT,
      'fine-tune': TEXT,
      cluster: TEXT,
      labels: TEXT,
      scale: TEXT,
      examples: TEXT,
      'input-type': TEXT,
      'output-type': TEXT,
      device: { type: 'string', multiple: true },
      seed: TEXT,
      report: TEXT,
      h5: TEXT,
      keras: TEXT,
      force: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });

function number(name: string, text: string): number;
function number(name: string, text: string | undefined): number | undefined;
function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new UsageError(`--${name} takes a number; it is ${JSON.stringify(text)}.`);
}

function readDevice(text: string): NamedDevice {
  const [, name, flash, ram] = /^(.+):(\d+[KM]?):(\d+[KM]?)$/i.exec(text) ?? [];
  if (name === undefined) {
    throw new UsageError(
      `--device is NAME:FLASH:RAM, such as nano:1M:256K; it is ${JSON.stringify(text)}.`,
    );
  }
  return { name, flash: bytesOf(flash!), ram: bytesOf(ram!) };
}

function bytesOf(text: string): number {
  const unit = { K: 1024, M: 1024 * 1024 }[text.at(-1)!.toUpperCase()] ?? 1;
  return Number.parseInt(text, 10) * unit;
}
