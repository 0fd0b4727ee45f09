/** The small parts of the host: quotas, the clock, files, name suggestions, seeds. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ActiveClock } from '../../../src/runtime/active-clock.ts';
import { CatalogueFiles } from '../../../src/runtime/book-files.ts';
import { caps } from '../../../src/runtime/caps.ts';
import { MessageQuota, measure } from '../../../src/runtime/message-quota.ts';
import { seedRandom } from '../../../src/runtime/realm/seed-random.ts';
import { suggestName } from '../../../src/runtime/realm/suggest.ts';
import type { Catalogue } from '../../../src/runtime/files.ts';

describe('MessageQuota', () => {
  test('takes as many messages as the cap, then refuses, until it is reset', () => {
    const quota = new MessageQuota();
    for (let i = 0; i < caps.messages; i++) expect(quota.refuse(i)).toBeUndefined();
    expect(quota.refuse(0)).toContain('messages');
    quota.reset();
    expect(quota.refuse(0)).toBeUndefined();
  });

  test('adds bytes up over messages', () => {
    const quota = new MessageQuota();
    const quarter = new Uint8Array(caps.messageBytes / 4);
    for (let i = 0; i < 3; i++) expect(quota.refuse({ quarter })).toBeUndefined();
    expect(quota.refuse({ quarter })).toContain('MB');
  });

  test.each([
    ['text', 'x'.repeat(1_000), 2_000],
    ['a nested typed array', { a: [{ b: new Float64Array(100) }] }, 800],
    [
      'one object twice',
      (() => {
        const big = new Uint8Array(1_000);
        return [big, big];
      })(),
      1_000,
    ],
  ])('%s counts about what it weighs', (_, value, bytes) => {
    expect(measure(value, Infinity)).toBeGreaterThanOrEqual(bytes);
    expect(measure(value, Infinity)).toBeLessThan(bytes + 200);
  });

  test.each([
    ['a Map', new Map()],
    ['a sparse array', Object.assign([], { length: 4e9 })],
    ['a cycle of many', new Array(caps.messageNodes + 1).fill(0)],
  ])('%s is too much at once', (_, value) => {
    expect(measure(value, 1e9)).toBe(Infinity);
  });

  test('a cycle ends', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(measure(cycle, 1e9)).toBeLessThan(200);
  });
});

describe('ActiveClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('ends after the limit of active time', () => {
    const ended = vi.fn();
    new ActiveClock(1_000, ended);
    vi.advanceTimersByTime(950);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(ended).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(5_000);
    expect(ended).toHaveBeenCalledOnce();
  });

  test('does not count the sleep of a laptop, nor a paused stretch', () => {
    const ended = vi.fn();
    const clock = new ActiveClock(1_000, ended);
    vi.advanceTimersByTime(500);
    // Time passes without a tick, as in sleep.
    const clockNow = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => clockNow() + 3_600_000);
    vi.advanceTimersByTime(25);
    expect(ended).not.toHaveBeenCalled();
    clock.pause();
    vi.advanceTimersByTime(10_000);
    clock.resume();
    vi.advanceTimersByTime(300);
    expect(ended).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('CatalogueFiles', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const catalogue: Catalogue = {
    version: 1,
    files: {
      small: {
        kind: 'model',
        label: 'Small',
        bytes: 3,
        parts: [{ url: 'models/small.bin', bytes: 3, sha256 }],
      },
    },
  };
  const files = (fetchPart: () => Promise<Uint8Array>) =>
    new CatalogueFiles({ catalogue: async () => catalogue, fetchPart });

  test('fetches a part once, and again after a failure', async () => {
    const fetchPart = vi
      .fn<() => Promise<Uint8Array>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValue(bytes);
    const served = files(fetchPart);
    await expect(served.read('small', 0)).rejects.toThrow('offline');
    expect(await served.read('small', 0)).toEqual(bytes);
    await served.read('small', 0);
    expect(fetchPart).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['too short', Uint8Array.of(1)],
    ['changed', Uint8Array.of(1, 2, 4)],
  ])('refuses bytes that are %s', async (_, given) => {
    await expect(files(async () => given).read('small', 0)).rejects.toMatchObject({
      code: 'file-damaged',
    });
  });

  test.each(['', '__proto__', 'constructor', '../small', 'smal'])(
    'knows no file named %j',
    async (name) => {
      const fetchPart = vi.fn<() => Promise<Uint8Array>>();
      await expect(files(fetchPart).read(name, 0)).rejects.toMatchObject({ code: 'unknown-file' });
      await expect(files(fetchPart).read('small', 9)).rejects.toMatchObject({
        code: 'unknown-file',
      });
      expect(fetchPart).not.toHaveBeenCalled();
    },
  );
});

describe('suggestName', () => {
  test.each([
    ['quantise', 'quantize'],
    ['Quantize', 'quantize'],
    ['qauntize', 'quantize'],
    ['dequantise', 'dequantize'],
    ['x', undefined],
    ['unrelated', undefined],
  ])('%s → %s', (typed, expected) => {
    expect(suggestName(typed, ['quantize', 'dequantize', 'mse'])).toBe(expected);
  });
});

describe('seedRandom', () => {
  const real = Math.random;
  afterEach(() => {
    Math.random = real;
  });
  const draw = (seed: number, count: number): number[] => {
    seedRandom(seed);
    return Array.from({ length: count }, () => Math.random());
  };

  test('repeats for a seed, differs between seeds, and looks uniform', () => {
    expect(draw(5, 10)).toEqual(draw(5, 10));
    expect(draw(5, 10)).not.toEqual(draw(6, 10));
    const values = draw(1, 20_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(new Set(values).size).toBeGreaterThan(19_990);
  });
});
