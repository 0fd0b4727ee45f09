import type { ReaderErrorData } from '../shared/reader-error.ts';
import {
  MOST_REPETITIONS,
  MOST_TENSORS,
  MOST_VALUES,
  type FromWorker,
  type LiteRtRun,
  type LiteRtTensor,
} from './protocol.ts';
import {
  readFlag,
  readFloats,
  readInteger,
  readList,
  readMeasure,
  readRecord,
  readText,
  Refused,
} from './read-values.ts';
import type { Timing } from './timing.ts';

const LONGEST_TEXT = 2_000;
const DTYPES = ['float32', 'int32', 'uint8'] as const;

/**
 * What the worker says, copied field by field: a damaged model may have made LiteRT do anything.
 *
 * @throws {Refused} for anything that the worker does not send
 */
export function readFromWorker(value: unknown): FromWorker {
  const message = readRecord(value, 'the message');
  const { type } = message;
  const id = (): number => readInteger(message['id'], 'id', 1, Number.MAX_SAFE_INTEGER);
  switch (type) {
    case 'progress': {
      const total = readInteger(message['total'], 'total', 1, 2 ** 40);
      return { type, loaded: readInteger(message['loaded'], 'loaded', 0, total), total };
    }
    case 'ready':
      return { type, relaxedSimd: readFlag(message['relaxedSimd'], 'relaxedSimd') };
    case 'ran':
      return { type, id: id(), run: readRun(message['run']) };
    case 'timed':
      return { type, id: id(), timing: readTiming(message['timing']) };
    case 'failed':
      return {
        type,
        ...(message['id'] === undefined ? {} : { id: id() }),
        error: readError(message['error']),
        fatal: readFlag(message['fatal'], 'fatal'),
      };
    default:
      throw new Refused('the message is of no known type');
  }
}

function readRun(value: unknown): LiteRtRun {
  const run = readRecord(value, 'the run');
  const outputs = readFloats(run['outputs'], 'outputs', MOST_TENSORS, MOST_VALUES);
  const details = readList(run['details'], 'details', MOST_TENSORS, readTensor);
  const sizes = details.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  if (
    outputs.length !== details.length ||
    outputs.some((output, i) => output.length !== sizes[i])
  ) {
    throw new Refused('outputs do not have their shapes');
  }
  return {
    outputs,
    details,
    memoryBytes: readInteger(run['memoryBytes'], 'memoryBytes', 0, 2 ** 33),
  };
}

function readTensor(value: unknown): LiteRtTensor {
  const tensor = readRecord(value, 'a tensor');
  const dtype = DTYPES.find((known) => known === tensor['dtype']);
  if (!dtype) throw new Refused('a tensor is of no known type');
  return {
    name: readText(tensor['name'], 'a name', 1_000),
    shape: readList(tensor['shape'], 'a shape', 16, (size) =>
      readInteger(size, 'a size', 0, 2 ** 31),
    ),
    dtype,
  };
}

function readTiming(value: unknown): Timing {
  const timing = readRecord(value, 'the timing');
  const interval = readRecord(timing['interval'], 'the interval');
  const measure = (name: string): number => readMeasure(timing[name], name);
  const samples = readList(timing['samples'], 'samples', MOST_REPETITIONS, (sample) =>
    readMeasure(sample, 'a sample'),
  );
  return {
    median: measure('median'),
    interval: {
      low: readMeasure(interval['low'], 'low'),
      high: readMeasure(interval['high'], 'high'),
    },
    p90: measure('p90'),
    samples,
    callsPerRun: readInteger(timing['callsPerRun'], 'callsPerRun', 1, 2 ** 30),
    clockStep: measure('clockStep'),
    warning: readText(timing['warning'], 'the warning', LONGEST_TEXT),
  };
}

function readError(value: unknown): ReaderErrorData {
  const error = readRecord(value, 'the error');
  const text = (name: 'elaborate' | 'hint'): { [Name in typeof name]?: string } =>
    error[name] === undefined ? {} : { [name]: readText(error[name], name, LONGEST_TEXT) };
  return {
    code: readText(error['code'], 'code', 60),
    explain: readText(error['explain'], 'explain', LONGEST_TEXT),
    ...text('elaborate'),
    ...text('hint'),
  };
}
