import { beforeEach, describe, expect, it } from 'vitest';
import { LiteRtLink, type WorkerLike } from '../../../src/litert/litert-link.ts';
import { LiteRtRuntime } from '../../../src/litert/runtime.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

/** A worker that does nothing: the test says what it says. */
class FakeWorker implements WorkerLike {
  sent: Record<string, unknown>[] = [];
  terminated = 0;
  refuses = false;
  readonly #listeners = new Map<string, ((event: { data: unknown }) => void)[]>();

  postMessage(message: unknown): void {
    if (this.refuses) throw new RangeError('out of memory');
    this.sent.push(message as Record<string, unknown>);
  }
  terminate(): void {
    this.terminated++;
  }
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  emit(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data });
  }
  says(message: unknown): void {
    this.emit('message', message);
  }
}

const model = (fill = 1): Uint8Array => {
  const bytes = new Uint8Array(64).fill(fill);
  bytes.set(new TextEncoder().encode('TFL3'), 4);
  return bytes;
};
const x = [new Float32Array(2)];
const result = {
  outputs: [Float32Array.of(1, 2)],
  details: [{ name: 'y', shape: [1, 2], dtype: 'float32' }],
  memoryBytes: 1,
};
const ran = (id: number) => ({ type: 'ran', id, run: result });
const failed = (id: number, more = {}) => ({
  type: 'failed',
  id,
  error: { code: 'litert-refused', explain: 'No.' },
  fatal: false,
  ...more,
});

let worker: FakeWorker;
let link: LiteRtLink;
let runtime: LiteRtRuntime;
let progress: number[][];

beforeEach(() => {
  worker = new FakeWorker();
  progress = [];
  link = new LiteRtLink(worker, (loaded, total) => progress.push([loaded, total]));
  runtime = new LiteRtRuntime(link, { version: '1.0.0', relaxedSimd: true, threads: 1 });
});

describe('starting', () => {
  const build = { loader: 'l.js', wasm: 'w.wasm', bytes: 9 };
  const start = () => link.start({ type: 'start', relaxedSimd: build, plain: build });

  it('tells of its progress and settles when LiteRT is ready', async () => {
    const starting = start();
    worker.says({ type: 'progress', loaded: 4, total: 9 });
    worker.says({ type: 'progress', loaded: 9, total: 9 });
    worker.says({ type: 'ready', relaxedSimd: false });
    await expect(starting).resolves.toEqual({ relaxedSimd: false });
    expect(progress).toEqual([
      [4, 9],
      [9, 9],
    ]);
    expect(worker.terminated).toBe(0);
  });

  it.each<[string, () => void, string]>([
    ['a script that does not run', () => worker.emit('error'), 'litert-not-loaded'],
    ['a message that cannot be read', () => worker.emit('messageerror'), 'litert-protocol'],
    ['nonsense', () => worker.says({ type: 'ready' }), 'litert-protocol'],
    [
      'a failure',
      () => worker.says({ ...failed(1), id: undefined, fatal: true }),
      'litert-refused',
    ],
  ])('fails by %s, and ends the worker', async (_, happens, code) => {
    const starting = start();
    happens();
    await expect(starting).rejects.toMatchObject({ code });
    expect(worker.terminated).toBe(1);
  });
});

describe('running', () => {
  it('pairs answers with questions, in whatever order they come', async () => {
    const other = { ...result, outputs: [Float32Array.of(3, 4)] };
    const [first, second] = [runtime.run(model(), x), runtime.run(model(), x)];
    worker.says({ type: 'ran', id: 2, run: other });
    worker.says(ran(1));
    expect((await first).outputs[0]).toEqual(Float32Array.of(1, 2));
    expect((await second).outputs[0]).toEqual(Float32Array.of(3, 4));
  });

  it('sends a model once, and again when it is another', async () => {
    void runtime.run(model(), x);
    void runtime.run(model(), x);
    void runtime.time(model(), x);
    void runtime.run(model(2), x);
    void runtime.run(model(), x);
    expect(worker.sent.map(({ bytes }) => bytes !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(worker.sent[2]).toMatchObject({ type: 'time', warmUp: 3, repetitions: 30 });
  });

  it('sees a model that was changed in place, and sends a copy', () => {
    const bytes = model();
    void runtime.run(bytes, x);
    bytes[40] = 77;
    void runtime.run(bytes, x);
    expect(worker.sent[1]!['bytes']).toEqual(bytes);
    expect(worker.sent[1]!['bytes']).not.toBe(bytes);
    expect((worker.sent[0]!['bytes'] as Uint8Array)[40]).toBe(1);
  });

  it('sends a model again that could not be sent', async () => {
    worker.refuses = true;
    await expect(runtime.run(model(), x)).rejects.toMatchObject({ code: 'litert-out-of-memory' });
    worker.refuses = false;
    void runtime.run(model(), x);
    expect(worker.sent[0]!['bytes']).toBeDefined();
  });

  it('gives the error of a model, and goes on', async () => {
    const running = runtime.run(model(), x);
    worker.says(failed(1));
    await expect(running).rejects.toThrow(ReaderError);
    await expect(running).rejects.toMatchObject({ code: 'litert-refused' });
    const next = runtime.run(model(), x);
    worker.says(ran(2));
    await expect(next).resolves.toEqual(result);
    expect(worker.terminated).toBe(0);
  });
});

describe('ending', () => {
  it.each<[string, () => void, string]>([
    ['Stop', () => runtime.stop(), 'litert-stopped'],
    ['a fatal failure', () => worker.says(failed(1, { fatal: true })), 'litert-refused'],
    ['a worker that dies', () => worker.emit('error'), 'litert-crashed'],
    ['nonsense', () => worker.says({ type: 'ran', id: 1 }), 'litert-protocol'],
    ['an answer that nobody asked for', () => worker.says(ran(9)), 'litert-protocol'],
  ])('by %s fails all that waits and all that comes', async (_, happens, code) => {
    const build = { loader: 'l.js', wasm: 'w.wasm', bytes: 9 };
    void link.start({ type: 'start', relaxedSimd: build, plain: build });
    worker.says({ type: 'ready', relaxedSimd: true });
    const waiting = [runtime.run(model(), x), runtime.time(model(), x)];
    happens();
    for (const each of waiting) await expect(each).rejects.toMatchObject({ code });
    await expect(runtime.run(model(), x)).rejects.toMatchObject({ code });
    expect(worker.terminated).toBe(1);
    // What was on its way changes nothing.
    worker.says(ran(1));
    worker.says({ type: 'progress', loaded: 1, total: 9 });
    expect(progress).toEqual([]);
    runtime.stop();
    await expect(runtime.run(model(), x)).rejects.toMatchObject({ code });
    expect(worker.terminated).toBe(1);
  });

  it('by an answer to another question', async () => {
    const running = runtime.run(model(), x);
    worker.says({
      type: 'timed',
      id: 1,
      timing: {
        median: 1,
        interval: { low: 1, high: 1 },
        p90: 1,
        samples: [1],
        callsPerRun: 1,
        clockStep: 0,
        warning: '',
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'litert-protocol' });
  });
});

describe('bad input is refused before anything is sent', () => {
  it.each<[string, unknown, unknown]>([
    ['no model', undefined, x],
    ['a buffer', new ArrayBuffer(64), x],
    ['an empty file', new Uint8Array(0), x],
    ['another file', new TextEncoder().encode('<!doctype html><html></html>'), x],
    ['no inputs', model(), undefined],
    ['values in place of inputs', model(), new Float32Array(2)],
    ['inputs of another type', model(), [[1, 2]]],
    ['one input of another type', model(), [new Float32Array(2), new Int8Array(2)]],
    ['too many values', model(), Array(5).fill(new Float32Array(2 ** 24))],
  ])('%s', async (_, bytes, inputs) => {
    for (const call of [
      runtime.run(bytes as Uint8Array, inputs as Float32Array[]),
      runtime.time(bytes as Uint8Array, inputs as Float32Array[]),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'litert-argument' });
    }
    expect(worker.sent).toEqual([]);
  });

  it.each([
    [{ warmUp: -1 }, 'warmUp'],
    [{ warmUp: 1.5 }, 'warmUp'],
    [{ warmUp: 1_001 }, 'warmUp'],
    [{ repetitions: 5 }, 'repetitions'],
    [{ repetitions: '30' as unknown as number }, 'repetitions'],
    [{ repetitions: NaN }, 'repetitions'],
    [{ repetitions: 10_001 }, 'repetitions'],
  ])('%j', async (options, name) => {
    await expect(runtime.time(model(), x, options)).rejects.toMatchObject({
      code: 'litert-argument',
      explain: expect.stringContaining(name),
    });
    expect(worker.sent).toEqual([]);
  });
});
