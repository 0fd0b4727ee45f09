import { describe, expect, it } from 'vitest';
import { readFromWorker } from '../../../src/litert/read-from-worker.ts';
import { readToWorker } from '../../../src/litert/read-to-worker.ts';
import { Refused } from '../../../src/litert/read-values.ts';

const origin = 'https://book.example';
const build = {
  loader: `${origin}/b/litert/2.5.3/x.js`,
  wasm: `${origin}/b/litert/2.5.3/x.wasm`,
  bytes: 9_000_000,
};
const start = { type: 'start', relaxedSimd: build, plain: build };
const run = { type: 'run', id: 1, bytes: new Uint8Array(8), inputs: [new Float32Array(2)] };
const time = { ...run, type: 'time', warmUp: 0, repetitions: 6 };

describe('readToWorker', () => {
  it.each([start, run, time, { ...run, bytes: undefined }])('takes $type as it is', (message) => {
    const read = readToWorker({ ...message, more: 'is left out' }, origin);
    expect(read).toEqual(message);
    expect(read).not.toHaveProperty('more');
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['text', 'run'],
    ['no type', {}],
    ['another type', { ...run, type: 'eval' }],
    ['a type from a prototype', Object.create(run)],
    ['no id', { ...run, id: undefined }],
    ['a broken id', { ...run, id: 1.5 }],
    ['id 0', { ...run, id: 0 }],
    ['bytes of another kind', { ...run, bytes: new ArrayBuffer(8) }],
    ['inputs that are no list', { ...run, inputs: new Float32Array(2) }],
    ['inputs of another type', { ...run, inputs: [new Float64Array(2)] }],
    ['a hole in the inputs', { ...run, inputs: Array<Float32Array>(2) }],
    ['too many inputs', { ...run, inputs: Array(1_001).fill(new Float32Array(0)) }],
    ['too few repetitions', { ...time, repetitions: 5 }],
    ['too many repetitions', { ...time, repetitions: 10_001 }],
    ['a warm-up of no number', { ...time, warmUp: '3' }],
    ['no builds', { type: 'start' }],
    [
      'a script from elsewhere',
      { ...start, plain: { ...build, loader: 'https://x.example/a.js' } },
    ],
    ['a script of another kind', { ...start, plain: { ...build, loader: build.wasm } }],
    ['wasm from elsewhere', { ...start, relaxedSimd: { ...build, wasm: 'data:,x.wasm' } }],
    ['an address that is none', { ...start, plain: { ...build, wasm: '/x.wasm' } }],
    ['wasm of no bytes', { ...start, plain: { ...build, bytes: 0 } }],
  ])('refuses %s', (_, message) => {
    expect(() => readToWorker(message, origin)).toThrow(Refused);
  });

  it('refuses more values than it takes, without copying them', () => {
    const inputs = Array<Float32Array>(5).fill(new Float32Array(2 ** 24));
    expect(() => readToWorker({ ...run, inputs }, origin)).toThrow(/67108864/);
  });
});

const ran = {
  type: 'ran',
  id: 3,
  run: {
    outputs: [new Float32Array(6)],
    details: [{ name: 'y', shape: [2, 3], dtype: 'float32' }],
    memoryBytes: 2 ** 24,
  },
};
const timing = {
  median: 1,
  interval: { low: 0.5, high: 2 },
  p90: 2,
  samples: [1, 1, 2],
  callsPerRun: 4,
  clockStep: 0.1,
  warning: '',
};
const timed = { type: 'timed', id: 4, timing };
const error = { code: 'litert-refused', explain: 'No.', elaborate: 'Not at all.', hint: 'Rest.' };
const failed = { type: 'failed', id: 5, error, fatal: false };

describe('readFromWorker', () => {
  it.each<Record<string, unknown>>([
    { type: 'progress', loaded: 0, total: 9 },
    { type: 'progress', loaded: 9, total: 9 },
    { type: 'ready', relaxedSimd: true },
    ran,
    timed,
    failed,
    { type: 'failed', error: { code: 'x', explain: 'y' }, fatal: true },
  ])('takes $type as it is', (message) => {
    expect(readFromWorker({ ...message, more: 1 })).toEqual(message);
  });

  it('cuts texts that are too long', () => {
    const long = readFromWorker({ ...failed, error: { ...error, explain: 'a'.repeat(1e6) } });
    expect(JSON.stringify(long).length).toBeLessThan(3_000);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['another type', { type: 'hello' }],
    ['progress past its end', { type: 'progress', loaded: 10, total: 9 }],
    ['progress of nothing', { type: 'progress', loaded: 0, total: 0 }],
    ['readiness of a kind', { type: 'ready', relaxedSimd: 'yes' }],
    ['an answer to nobody', { ...ran, id: -1 }],
    ['no run', { type: 'ran', id: 3 }],
    [
      'outputs that do not have their shape',
      { ...ran, run: { ...ran.run, outputs: [new Float32Array(5)] } },
    ],
    ['an output too many', { ...ran, run: { ...ran.run, details: [] } }],
    [
      'an open size',
      {
        ...ran,
        run: { ...ran.run, details: [{ name: 'y', shape: [-1, 3], dtype: 'float32' }] },
      },
    ],
    [
      'a type that LiteRT has not',
      { ...ran, run: { ...ran.run, details: [{ name: 'y', shape: [6], dtype: 'int8' }] } },
    ],
    ['a name that is no text', { ...ran, run: { ...ran.run, details: [{ shape: [6] }] } }],
    ['a time that is no number', { ...timed, timing: { ...timing, median: NaN } }],
    ['an endless time', { ...timed, timing: { ...timing, p90: Infinity } }],
    ['a negative time', { ...timed, timing: { ...timing, samples: [-1] } }],
    ['no interval', { ...timed, timing: { ...timing, interval: null } }],
    ['an error that is none', { ...failed, error: 'no' }],
    ['an error without code', { ...failed, error: { explain: 'no' } }],
    ['a failure that may be fatal', { ...failed, fatal: 1 }],
  ])('refuses %s', (_, message) => {
    expect(() => readFromWorker(message)).toThrow(Refused);
  });
});
