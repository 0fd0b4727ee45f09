import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { createRng, tf, type Rng } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { loadModel, saveModel } from '../../src/engine/keras/index.ts';
import { groupAt, newGroup, writeHdf5 } from '../../src/engine/keras/hdf5/write-hdf5.ts';
import { readZip } from '../../src/engine/keras/zip/read-zip.ts';
import { ReaderError } from '../../src/shared/reader-error.ts';
import { expectSoon, libraryFile, numbersAt, zipOf } from '../unit/engine/keras-files.ts';
import { smallCnn } from '../unit/engine/random-models.ts';

type Bytes = Uint8Array<ArrayBuffer>;
/** For each kind of file; FUZZ_RUNS=3000 takes some minutes. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);

/** Opens what may be anything: a model, or a ReaderError that comes soon and leaves nothing behind. */
async function openAnything(bytes: Uint8Array): Promise<string> {
  const before = tf.memory().numTensors;
  const start = process.cpuUsage();
  try {
    (await loadModel(bytes)).dispose();
    return 'loaded';
  } catch (error) {
    if (error instanceof ReaderError) return error.code;
    throw error;
  } finally {
    expectSoon(start);
    expect(tf.memory().numTensors).toBe(before);
  }
}

const integer = (rng: Rng, end: number): number => Math.floor(rng.uniform(0, end));
const pick = <T>(rng: Rng, list: readonly T[]): T => list[integer(rng, list.length)]!;

/** Flips bits, writes other bytes, lengths and addresses, copies parts over others, and cuts. */
function mutate(bytes: Bytes, rng: Rng): Bytes {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let i = integer(rng, 3); i >= 0; i--) {
    const at = integer(rng, copy.length - 8);
    const kind = integer(rng, 5);
    if (kind === 0) copy[at]! ^= 1 << integer(rng, 8);
    else if (kind === 1) copy[at] = integer(rng, 256);
    else if (kind === 2) {
      const size = pick(rng, [1, 2, 4, 8]);
      copy.fill(pick(rng, [0, 1, 0x7f, 0x80, 0xff]), at, at + size);
    } else if (kind === 3) {
      // An address or a length at a place where one may be.
      view.setBigUint64(at - (at % 8), BigInt(integer(rng, copy.length)), true);
    } else {
      const length = integer(rng, 64);
      copy.copyWithin(at, integer(rng, copy.length), integer(rng, copy.length) + length);
    }
  }
  return rng.uniform() < 0.1 ? copy.slice(0, integer(rng, copy.length)) : copy;
}

async function fuzz(title: string, seed: number, make: (rng: Rng) => Bytes): Promise<void> {
  const rng = createRng(seed);
  const counts = new Map<string, number>();
  for (let run = 0; run < RUNS; run++) {
    const code = await openAnything(make(rng));
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  console.log(`${title}: ${[...counts].map(([code, count]) => `${code} ${count}`).join(', ')}`);
  // Something gets through, and much does not.
  expect(counts.size).toBeGreaterThan(4);
}

describe('altered files', () => {
  it('.h5', { timeout: 300_000 }, async () => {
    const bytes = await saveModel(smallCnn(1), 'a.h5');
    await fuzz('.h5', 1, (rng) => mutate(bytes, rng));
  });

  it('.h5, in its structure alone', { timeout: 300_000 }, async () => {
    const bytes = await saveModel(smallCnn(1), 'a.h5');
    // What comes first are texts; the last part holds groups and headers.
    await fuzz('.h5 structure', 2, (rng) => {
      const altered = mutate(bytes, rng);
      const end = Math.min(4096, altered.length);
      altered.set(bytes.subarray(96, end), Math.min(96, altered.length));
      return altered;
    });
  });

  it('.keras, each file in it', { timeout: 300_000 }, async () => {
    const whole = await saveModel(smallCnn(1), 'a.keras');
    const files = readZip(whole);
    const config = files.get('config.json')!(1e6) as Bytes;
    const weights = files.get('model.weights.h5')!(1e6) as Bytes;
    await fuzz('.keras', 3, (rng) => {
      const kind = integer(rng, 4);
      if (kind === 0) return mutate(whole, rng);
      const text = new TextDecoder('latin1');
      return kind === 1
        ? zipOf(text.decode(mutate(config.slice(), rng)), weights)
        : zipOf(text.decode(config), mutate(weights.slice(), rng));
    });
  });

  it('.h5 of the newer kind, with heaps, trees and chunks', { timeout: 300_000 }, async () => {
    const bytes = await libraryFile('v110', (file) => {
      const model = JSON.stringify({
        class_name: 'Sequential',
        config: {
          name: 's',
          layers: [
            {
              class_name: 'Dense',
              config: { name: 'dense', batch_input_shape: [null, 20], units: 30 },
            },
          ],
        },
      });
      file.create_attribute('model_config', model);
      const weights = file.create_group('model_weights');
      weights.create_attribute('layer_names', ['dense']);
      for (let i = 0; i < 40; i++) weights.create_group(`other_${i}`);
      const dense = weights.create_group('dense');
      dense.create_attribute('weight_names', ['kernel:0', 'bias:0']);
      for (let i = 0; i < 12; i++) dense.create_attribute(`more_${i}`, `text ${i}`);
      const values = (count: number): Float32Array => createRng(5).normals(count);
      dense.create_dataset({
        name: 'kernel:0',
        data: values(600),
        shape: [20, 30],
        chunks: [7, 8],
        compression: 5,
      });
      dense.create_dataset({ name: 'bias:0', data: values(30), shape: [30] });
    });
    expect(await openAnything(bytes)).toBe('loaded');
    await fuzz('.h5, newer', 4, (rng) => mutate(bytes, rng));
  });
});

describe('single bytes that differ', () => {
  it('anywhere in the first 4 kB, and in what comes last', { timeout: 300_000 }, async () => {
    const bytes = await saveModel(smallCnn(1), 'a.h5');
    for (let i = 0; i < 8192; i += 11) {
      const at = i < 4096 ? i : bytes.length - (i - 4095);
      const copy = bytes.slice();
      copy[at]! ^= i % 2 ? 0xff : 1 << (i % 8);
      await openAnything(copy);
    }
  });
});

describe('configurations of any kind', () => {
  it('give a model or a ReaderError', { timeout: 300_000 }, async () => {
    const words = fc.constantFrom(
      'Sequential',
      'Functional',
      'Dense',
      'InputLayer',
      'Conv2D',
      'Add',
      'PruneLowMagnitude',
      'constructor',
      '__proto__',
      'x',
      'relu',
      'same',
      'channels_last',
      '',
    );
    const keys = fc.constantFrom(
      'class_name',
      'config',
      'name',
      'layers',
      'inbound_nodes',
      'input_layers',
      'output_layers',
      'units',
      'layer',
      'batch_input_shape',
      'batch_shape',
      'dtype',
      'activation',
      'filters',
      'kernel_size',
      'module',
      '__proto__',
      'registered_name',
      'args',
      'kwargs',
      'keras_history',
    );
    const leaf = fc.oneof(
      words,
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -2, max: 9 }),
      fc.double({ noNaN: true }),
    );
    const { value: any } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
      ),
    }));
    const layer = fc.record({
      class_name: words,
      name: words,
      config: fc.dictionary(keys, any, { maxKeys: 6 }),
      inbound_nodes: any,
    });
    const model = fc.record({
      class_name: fc.constantFrom('Sequential', 'Functional'),
      config: fc.record({
        name: words,
        layers: fc.oneof(any, fc.array(layer, { maxLength: 4 })),
        input_layers: any,
        output_layers: any,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, model), async (config) => {
        const root = newGroup();
        root.attributes.set('model_config', JSON.stringify(config));
        groupAt(root, 'model_weights');
        expect(await openAnything(writeHdf5(root))).toMatch(/^(?:loaded|keras-)/);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});

describe('arbitrary bytes', () => {
  it('give nothing but a ReaderError', async () => {
    const start = fc.constantFrom(
      [],
      [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0],
      [0x50, 0x4b, 3, 4],
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (head, rest) => {
        expect(await openAnything(Uint8Array.from([...head, ...rest]))).not.toBe('loaded');
      }),
      { numRuns: 1000, seed: 8 },
    );
  });
});

describe('any numbers, of any shape', () => {
  it('are read as they were written', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 });
    const name = fc.stringMatching(/^[^/\0]{1,20}$/);
    fc.assert(
      fc.property(fc.dictionary(name, shape, { maxKeys: 40 }), fc.integer(), (arrays, seed) => {
        const rng = createRng(seed);
        const root = newGroup();
        const expected = new Map<string, number[]>();
        for (const [key, each] of Object.entries(arrays)) {
          const values = rng.normals(each.reduce((a, b) => a * b, 1));
          root.children.set(key, { shape: each, values });
          expected.set(key, Array.from(values));
        }
        const bytes = writeHdf5(root);
        for (const [key, values] of expected) expect(numbersAt(bytes, key)).toEqual(values);
      }),
      { numRuns: 200, seed: 9 },
    );
  });
});
