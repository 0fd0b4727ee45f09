/**
 * Group F, what is done to files of every kind: F1 to F3, F28. F27, our own files reopened by TFLite, is in
 * tests/browser: litert-agreement.spec.ts has LiteRT verify, build and run every file that the converter writes.
 *
 * Other bad input: keras-bad-files.test.ts has files of more than 1 GB, zip bombs, entries that lie about their size or
 * lead elsewhere, soft and external links, virtual arrays, unknown filters, small files that claim petabytes, and HDF5
 * without a model or with weights alone; keras-bad-configs.test.ts layers that are not known and weights that do not fit;
 * npz.test.ts, npy.test.ts and dataset.test.ts what .npz files do; group-f-tflite.test.ts operators that are not known.
 */
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTflite } from '../../../../src/engine/tflite/read-tflite.ts';
import { text } from './altered.ts';
import { KINDS, OPEN, outcomeOf, refused, watchMemory } from './attempt.ts';
import { GOOD, smallTflite } from './small-files.ts';

const CODES = {
  h5: /^(?:hdf5-truncated|keras-not-a-model-file)$/,
  keras: /^(?:zip-invalid|keras-not-a-model-file)$/,
  tflite: /^(?:tflite-damaged|tflite-not-one)$/,
  npz: /^(?:zip-invalid|npz-not-one)$/,
};
const MOST_MEMORY = 256 * 2 ** 20;

describe('group F, any file', () => {
  it.each(KINDS)('F1 empty, 1 byte, every truncation of a good .%s', async (kind) => {
    const good = GOOD[kind]();
    expect(await outcomeOf(OPEN[kind], good)).toBe('opened');
    const peak = watchMemory();
    for (let length = 0; length < good.length; length++) {
      const outcome = await outcomeOf(OPEN[kind], good.slice(0, length), `cut at ${length}`);
      expect(outcome, `cut at ${length}`).not.toBe('opened');
      expect((outcome as { code: string }).code, `cut at ${length}`).toMatch(CODES[kind]);
    }
    expect(peak()).toBeLessThan(MOST_MEMORY);
    expect(await outcomeOf(OPEN[kind], good)).toBe('opened');
  });

  it.each(KINDS)('F2 every single-byte flip of the first 4 KB of a .%s', async (kind) => {
    const good = GOOD[kind]();
    const outcomes = new Map<string, number>();
    const peak = watchMemory();
    for (let at = 0; at < Math.min(4096, good.length); at++) {
      const altered = good.slice();
      altered[at]! ^= 1 + ((at * 37) % 255);
      const outcome = await outcomeOf(OPEN[kind], altered, `byte ${at} flipped`);
      const code = outcome === 'opened' ? outcome : outcome.code;
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    }
    expect(peak()).toBeLessThan(MOST_MEMORY);
    console.log(`F2 .${kind}, ${good.length} bytes:`, Object.fromEntries(outcomes));
    expect(outcomes.size).toBeGreaterThanOrEqual(3);
    expect(await outcomeOf(OPEN[kind], good)).toBe('opened');
  });

  it.each(KINDS)('F3 an HTML error page or a git-lfs pointer named .%s', async (kind) => {
    const page = await refused(kind, text('<!DOCTYPE html><html><title>404</title></html>'));
    expect(page.code).toMatch(/-not-one$|^keras-not-a-model-file$/);
    const pointer = await refused(
      kind,
      text(`version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`),
    );
    expect(pointer.code).toBe(page.code);
    if (kind === 'npz') return;
    expect(page.message).toMatch(/web page|page of HTML/);
    expect(pointer.message).toMatch(/git-lfs|Git LFS/);
  });

  it('F27 our own .tflite is read again as it was written', () => {
    const { operators, tensors } = readTflite(smallTflite());
    expect(operators.map(({ code }) => code)).toEqual([
      'CONV_2D',
      'RESHAPE',
      'FULLY_CONNECTED',
      'ADD',
    ]);
    expect(tensors).toHaveLength(10);
  });

  it.each(KINDS)(
    'F28 arbitrary bytes as .%s never throw anything but a ReaderError',
    async (kind) => {
      const good = GOOD[kind]();
      const beginning = fc.integer({ min: 0, max: 64 }).map((length) => good.slice(0, length));
      await fc.assert(
        fc.asyncProperty(beginning, fc.uint8Array({ maxLength: 600 }), async (head, tail) => {
          await outcomeOf(OPEN[kind], Uint8Array.from([...head, ...tail]));
        }),
        { numRuns: 1500, seed: 1894 },
      );
      // Bytes thrown over a good file reach further than bytes of nobody.
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
          async (changes) => {
            const altered = good.slice();
            for (const [at, byte] of changes) altered[at] = byte;
            await outcomeOf(OPEN[kind], altered);
          },
        ),
        { numRuns: 1500, seed: 1895 },
      );
    },
  );
});
