import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../../src/components/Workbench/protocol.ts';
import { DEFAULTS } from '../../../src/components/Workbench/settings.ts';
import { WorkerLink, type WorkerLike } from '../../../src/components/Workbench/worker-link.ts';

/** A worker that does nothing by itself. */
class SilentWorker implements WorkerLike {
  readonly received: ToWorker[] = [];
  isEnded = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  postMessage(message: ToWorker): void {
    this.received.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  /** Answers the last call of that name. */
  answer(call: ToWorker['call'], value: unknown): void {
    const { id } = this.received.findLast((message) => message.call === call)!;
    this.say({ id, kind: 'answer', value } as FromWorker);
  }

  refuse(call: ToWorker['call'], code: string): void {
    const { id } = this.received.findLast((message) => message.call === call)!;
    this.say({ id, kind: 'error', error: { code, explain: 'It is refused.' } });
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }
}

let workers: SilentWorker[];
let link: WorkerLink;
const settings = DEFAULTS;
const book = (name: string) => ({ from: 'book', name }) as const;
const calls = (index: number): string[] => workers[index]!.received.map(({ call }) => call);
/** Lets promises that are settled go on. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

const openModel = async (name: string, index = 0): Promise<void> => {
  const opened = link.open(book(name));
  await settled();
  workers[index]!.answer('open', { name });
  await opened;
};

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  link = new WorkerLink(() => {
    const worker = new SilentWorker();
    workers.push(worker);
    return worker;
  }, '/book/');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the link to the worker', () => {
  it('starts no worker before there is something to do, and then one', async () => {
    expect(workers).toHaveLength(0);
    await openModel('bn-cnn');
    void link.run({ settings });
    await settled();
    expect(workers).toHaveLength(1);
    expect(workers[0]!.received[0]).toMatchObject({ call: 'open', base: '/book/' });
    expect(calls(0)).toEqual(['open', 'run']);
  });

  it('pairs answers, progress and refusals with what was asked', async () => {
    await openModel('bn-cnn');
    const seen: string[] = [];
    const run = link.run({ settings }, ({ label }) => seen.push(label));
    await settled();
    const { id } = workers[0]!.received.at(-1)!;
    workers[0]!.say({ id, kind: 'progress', progress: { done: 1, total: 2, label: 'quantizing' } });
    workers[0]!.say({ id: 99, kind: 'progress', progress: { done: 1, total: 2, label: 'nobody' } });
    workers[0]!.refuse('run', 'layer-unsupported');
    await expect(run).rejects.toMatchObject({ code: 'layer-unsupported' });
    expect(seen).toEqual(['quantizing']);
  });

  it('lets a worker that stops by itself go on', async () => {
    await openModel('bn-cnn');
    const run = link.run({ settings });
    await settled();
    link.stop();
    expect(workers[0]!.received.at(-1)).toEqual({ id: workers[0]!.received[1]!.id, call: 'stop' });
    workers[0]!.refuse('run', 'stopped');
    await expect(run).rejects.toMatchObject({ code: 'stopped' });
    vi.advanceTimersByTime(10_000);
    expect(workers[0]!.isEnded).toBe(false);
    expect(link.holdsResult).toBe(true);
  });

  it('ends a worker that does not stop within a second, and opens again what was open', async () => {
    await openModel('bn-cnn');
    const file = new File(['x'], 'x.npz');
    const read = link.readData({ role: 'labelled', files: [file], inputRange: 'byte' });
    await settled();
    workers[0]!.answer('data', {});
    await read;
    const run = link.run({ settings });
    const outcome = expect(run).rejects.toMatchObject({ code: 'stopped' });
    await settled();
    link.stop();
    vi.advanceTimersByTime(999);
    expect(workers[0]!.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(workers[0]!.isEnded).toBe(true);
    await outcome;
    expect(link.holdsResult).toBe(false);

    const again = link.run({ settings });
    await settled();
    expect(workers[1]!.received[0]).toMatchObject({ call: 'open', source: book('bn-cnn') });
    workers[1]!.answer('open', {});
    await settled();
    expect(workers[1]!.received[1]).toMatchObject({
      call: 'data',
      role: 'labelled',
      files: [file],
      inputRange: 'byte',
    });
    workers[1]!.answer('data', {});
    await settled();
    workers[1]!.answer('run', 'done');
    await expect(again).resolves.toBe('done');
    expect(calls(1)).toEqual(['open', 'data', 'run']);
    expect(link.holdsResult).toBe(true);
  });

  it('keeps the model before when another is refused', async () => {
    await openModel('bn-cnn');
    const refused = link.open(book('broken'));
    await settled();
    workers[0]!.refuse('open', 'keras-not-a-model-file');
    await expect(refused).rejects.toMatchObject({ code: 'keras-not-a-model-file' });
    workers[0]!.onerror?.({ message: 'gone' } as ErrorEvent);
    void link.run({ settings });
    await settled();
    expect(workers[1]!.received[0]).toMatchObject({ source: book('bn-cnn') });
  });

  it('says why when the worker is lost', async () => {
    await openModel('bn-cnn');
    const run = link.run({ settings });
    await settled();
    workers[0]!.onerror?.({ message: 'out of memory' } as ErrorEvent);
    await expect(run).rejects.toMatchObject({
      code: 'worker-lost',
      elaborate: 'out of memory',
    });
    expect(link.holdsResult).toBe(false);
  });

  it('forgets data of its own with the model', async () => {
    await openModel('bn-cnn');
    const read = link.readData({
      role: 'calibration',
      files: [new File(['x'], 'x.npz')],
      inputRange: 'auto',
    });
    await settled();
    workers[0]!.answer('data', {});
    await read;
    await openModel('lenet-5');
    workers[0]!.onerror?.({ message: 'gone' } as ErrorEvent);
    void link.run({ settings });
    await settled();
    workers[1]!.answer('open', {});
    await settled();
    expect(calls(1)).toEqual(['open', 'run']);
  });
});
