import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePlain, encodePlain } from '../../../src/runtime/plain.ts';
import { readPlain } from '../../../src/runtime/validate-plain.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

/** There and back as between two realms: encoded, cloned, validated, decoded. */
async function cross(value: unknown): Promise<unknown> {
  return decodePlain(readPlain(structuredClone(await encodePlain(value))));
}

async function refusal(value: unknown): Promise<ReaderError> {
  const encoding = (async () => encodePlain(value, 'what `f` returned'))();
  const error: unknown = await encoding.catch((thrown: unknown) => thrown);
  if (error instanceof ReaderError) return error;
  throw new Error('it crossed');
}

describe('values that cross', () => {
  test('are the same on the other side, bit for bit', async () => {
    const leaf = fc.oneof(
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.bigInt(),
      fc.float32Array(),
      fc.float64Array(),
      fc.uint8Array(),
      fc.int32Array(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 5 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        expect(await cross(value)).toStrictEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('keep NaN, infinities and the sign of zero', async () => {
    const values = [NaN, Infinity, -Infinity, -0, 0, 5e-324];
    const crossed = (await cross(values)) as number[];
    expect(crossed.every((value, index) => Object.is(value, values[index]))).toBe(true);
  });

  test('a field named __proto__ is a field, not a prototype', async () => {
    const crossed = (await cross(JSON.parse('{"__proto__": {"admin": true}, "a": 1}'))) as object;
    expect(Object.getPrototypeOf(crossed)).toBe(Object.prototype);
    expect((crossed as { admin?: boolean }).admin).toBeUndefined();
    expect(Object.keys(crossed)).toEqual(['__proto__', 'a']);
  });

  test('tensors of every type', async () => {
    for (const tensor of [
      tf.tensor([
        [1.5, -2],
        [NaN, 4],
      ]),
      tf.tensor([1, 2, 3], [3], 'int32'),
      tf.tensor([true, false], [2], 'bool'),
      tf.tensor(['a', 'b'], [2], 'string'),
      tf.scalar(7),
      tf.zeros([0, 3]),
    ]) {
      const crossed = (await cross({ tensor })) as { tensor: tf.Tensor };
      expect(crossed.tensor.shape).toEqual(tensor.shape);
      expect(crossed.tensor.dtype).toBe(tensor.dtype);
      expect(Array.from(crossed.tensor.dataSync())).toEqual(Array.from(tensor.dataSync()));
    }
  });

  test('a model, predicting the same', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [3], activation: 'relu' }),
        tf.layers.dense({ units: 2 }),
      ],
    });
    const input = tf.tensor([[0.1, -0.2, 0.3]]);
    const crossed = (await cross(model)) as tf.LayersModel;
    const answer = (of: tf.LayersModel): number[] =>
      Array.from((of.predict(input) as tf.Tensor).dataSync());
    expect(answer(crossed)).toEqual(answer(model));
  });

  test('an array with holes, a subclass, a class instance: read as data', async () => {
    class Params {
      scale = 0.5;
      get hidden() {
        return 1;
      }
    }
    expect(await cross([1, , 3])).toEqual([1, undefined, 3]);
    expect(await cross(new Params())).toEqual({ scale: 0.5 });
  });

  test('a Proxy and a getter are read once and leave plain values', async () => {
    let reads = 0;
    const shifty = {
      get value() {
        return ++reads;
      },
    };
    const crossed = (await cross(shifty)) as { value: number };
    expect([crossed.value, crossed.value, reads]).toEqual([1, 1, 1]);
    expect(await cross(new Proxy([1, 2], {}))).toEqual([1, 2]);
  });
});

describe('values that do not', () => {
  const cycle: unknown[] = [];
  cycle.push({ cycle });
  let deep: unknown = 0;
  for (let i = 0; i < 100; i++) deep = [deep];
  const lying = new Proxy([], {
    get: (target, key) => (key === 'length' ? 2 ** 31 : Reflect.get(target, key)),
  });
  const disposed = tf.tensor([1]);
  disposed.dispose();

  test.each([
    [() => 1, 'value-cannot-cross', 'is a function'],
    [{ a: { f: () => 1 } }, 'value-cannot-cross', '`a.f` of what `f` returned is a function'],
    [[1, Symbol('x')], 'value-cannot-cross', '`[1]` of what'],
    [cycle, 'value-cannot-cross', 'contains itself'],
    [deep, 'value-cannot-cross', 'nested more than'],
    [[Promise.resolve()], 'value-cannot-cross', 'not awaited'],
    [new Map(), 'value-cannot-cross', 'a Map'],
    [new Date(), 'value-cannot-cross', 'a Date'],
    [
      {
        get x() {
          throw new Error('no');
        },
      },
      'value-cannot-cross',
      'throws when it is read',
    ],
    [disposed, 'value-cannot-cross', 'disposed'],
    [lying, 'value-too-large', 'too large'],
    [new Float64Array(5_000_000), 'value-too-large', 'too large'],
    ['x'.repeat(20_000_000), 'value-too-large', 'too large'],
    [new Array(1_100_000).fill(0), 'value-too-large', 'too large'],
  ])('%#', async (value, code, words) => {
    const error = await refusal(value);
    expect(error.code).toBe(code);
    expect(error.explain).toContain(words);
  });
});
