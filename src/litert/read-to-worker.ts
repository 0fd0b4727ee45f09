import {
  LEAST_REPETITIONS,
  MOST_MODEL_BYTES,
  MOST_REPETITIONS,
  MOST_TENSORS,
  MOST_VALUES,
  MOST_WARM_UP,
  type LiteRtBuild,
  type ToWorker,
} from './protocol.ts';
import {
  readBytes,
  readFloats,
  readInteger,
  readRecord,
  readText,
  Refused,
} from './read-values.ts';

/**
 * What the page asks of the worker, copied field by field.
 *
 * @param origin - of the worker; LiteRT is loaded from nowhere else
 * @throws {Refused} for anything that the page does not send
 */
export function readToWorker(value: unknown, origin: string): ToWorker {
  const message = readRecord(value, 'the message');
  const { type } = message;
  if (type === 'start') {
    return {
      type,
      relaxedSimd: readBuild(message['relaxedSimd'], origin),
      plain: readBuild(message['plain'], origin),
    };
  }
  if (type !== 'run' && type !== 'time') throw new Refused('the message is of no known type');
  const { bytes } = message;
  const work = {
    id: readInteger(message['id'], 'id', 1, Number.MAX_SAFE_INTEGER),
    ...(bytes === undefined ? {} : { bytes: readBytes(bytes, 'bytes', MOST_MODEL_BYTES) }),
    inputs: readFloats(message['inputs'], 'inputs', MOST_TENSORS, MOST_VALUES),
  };
  if (type === 'run') return { type, ...work };
  return {
    type,
    ...work,
    warmUp: readInteger(message['warmUp'], 'warmUp', 0, MOST_WARM_UP),
    repetitions: readInteger(
      message['repetitions'],
      'repetitions',
      LEAST_REPETITIONS,
      MOST_REPETITIONS,
    ),
  };
}

function readBuild(value: unknown, origin: string): LiteRtBuild {
  const build = readRecord(value, 'a build');
  return {
    loader: readAddress(build['loader'], origin, '.js'),
    wasm: readAddress(build['wasm'], origin, '.wasm'),
    bytes: readInteger(build['bytes'], 'bytes', 1, 2 ** 28),
  };
}

function readAddress(value: unknown, origin: string, ending: string): string {
  const text = readText(value, 'an address', 2_000);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== origin || !url.pathname.endsWith(ending)) {
    throw new Refused(`an address is no ${ending} file of ${origin}`);
  }
  return url.href;
}
