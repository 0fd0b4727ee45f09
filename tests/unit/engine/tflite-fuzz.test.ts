import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { createRng, Interpreter, quantization, ReaderError, type tf } from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { writeTflite } from '../../../src/engine/tflite/write-tflite.ts';
import { everyLayer, inputsFor, smallCnn } from './random-models.ts';

const files: { name: string; bytes: Uint8Array }[] = [];

beforeAll(async () => {
  await startTensorFlow();
  const add = async (name: string, model: tf.LayersModel, mode: 'float32' | 'int8' | 'int4') => {
    const representativeDataset = () => [inputsFor(model, 8, 1)];
    const { graph } = await quantization.quantizePostTraining(model, {
      mode,
      representativeDataset,
    });
    files.push({ name, bytes: writeTflite(graph) });
  };
  await add('small int8', smallCnn(1), 'int8');
  await add('small float32', smallCnn(2), 'float32');
  await add('every layer int8', everyLayer(3), 'int8');
  await add('every layer int4', everyLayer(4), 'int4');
});

/** Opens and runs bytes: an error for readers or a result, and nothing that takes long. */
function open(bytes: Uint8Array, outcomes: Map<string, number>, what: string): void {
  const started = performance.now();
  let outcome = 'ran';
  try {
    const interpreter = new Interpreter(bytes);
    interpreter.allocateTensors();
    interpreter.invoke();
  } catch (error) {
    if (!(error instanceof ReaderError)) {
      throw new Error(`${what}: ${(error as Error).stack}`, { cause: error });
    }
    outcome = error.code;
  }
  expect(performance.now() - started, what).toBeLessThan(2000);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

const total = (outcomes: Map<string, number>): number =>
  [...outcomes.values()].reduce((sum, count) => sum + count, 0);

describe('altered .tflite files end in an error or a result', () => {
  it('cut short anywhere', () => {
    const outcomes = new Map<string, number>();
    for (const { name, bytes } of files.slice(0, 2)) {
      for (let length = 0; length < bytes.length; length += length < 2000 ? 1 : 7) {
        open(bytes.slice(0, length), outcomes, `${name} cut at ${length}`);
      }
    }
    console.log('tflite fuzz, cut:', total(outcomes), Object.fromEntries(outcomes));
    expect(total(outcomes)).toBeGreaterThan(2000);
    expect(outcomes.has('ran')).toBe(false);
  });

  it('one byte flipped in the first 4 kB', () => {
    const outcomes = new Map<string, number>();
    for (const [index, { name, bytes }] of files.entries()) {
      // Every byte of the first two, every third of the larger ones.
      for (let at = 0; at < Math.min(4096, bytes.length); at += index < 2 ? 1 : 3) {
        const altered = bytes.slice();
        altered[at]! ^= 1 + ((at * 37) % 255);
        open(altered, outcomes, `${name}, byte ${at} flipped`);
      }
    }
    console.log('tflite fuzz, flipped:', total(outcomes), Object.fromEntries(outcomes));
    expect(outcomes.size).toBeGreaterThan(3);
  });

  it('numbers overwritten at random', () => {
    const rng = createRng(1894);
    const outcomes = new Map<string, number>();
    const numbers = [0, 1, -1, 2, -2, 4, 127, 128, 255, 9999, 65536, 2 ** 31 - 1, -(2 ** 31)];
    for (let trial = 0; trial < 6000; trial++) {
      const { name, bytes } = files[trial % files.length]!;
      const altered = bytes.slice();
      const view = new DataView(altered.buffer);
      const changes = rng.integer(1, 3);
      for (let i = 0; i < changes; i++) {
        const at = 4 * rng.integer(0, Math.floor(Math.min(bytes.length, 6000) / 4) - 1);
        const shift = view.getInt32(at, true) + rng.integer(-8, 8);
        view.setInt32(at, rng.uniform() < 0.5 ? rng.shuffle(numbers)[0]! : shift, true);
      }
      open(altered, outcomes, `${name}, trial ${trial}`);
    }
    console.log('tflite fuzz, overwritten:', total(outcomes), Object.fromEntries(outcomes));
    expect(outcomes.get('ran')).toBeGreaterThan(0);
  });

  it('bytes that are nobody’s file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const bytes = new Uint8Array([0x14, 0, 0, 0, ...new TextEncoder().encode('TFL3'), ...tail]);
        open(bytes, new Map(), 'arbitrary bytes');
      }),
      { numRuns: 3000 },
    );
  });
});
