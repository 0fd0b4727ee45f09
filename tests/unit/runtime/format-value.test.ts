import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMessage, formatValue } from '../../../src/runtime/realm/format-value.ts';

const circular: { self?: unknown; list: unknown[] } = { list: [] };
circular.self = circular;
circular.list.push(circular);

describe('formatValue', () => {
  test.each([
    [1, '1'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [12n, '12n'],
    ['it’s', "'it’s'"],
    ["it's\n", "'it\\'s\\n'"],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [{ a: 1, 'b c': [2, { d: 3 }] }, "{ a: 1, 'b c': [2, { d: 3 }] }"],
    [{}, '{}'],
    [[], '[]'],
    [new Map([['k', 1]]), "Map(1) {'k' => 1}"],
    [new Set([1, 2]), 'Set(2) {1, 2}'],
    [new TypeError('no'), 'TypeError: no'],
    [function named() {}, '[function named]'],
    [
      class K {
        a = 1;
      },
      '[class K]',
    ],
    [
      new (class Box {
        value = 1;
      })(),
      'Box { value: 1 }',
    ],
    [Float32Array.of(0.1, 2), 'Float32Array(2) [0.1, 2]'],
    [new Uint8Array(25), `Uint8Array(25) [${Array(20).fill(0).join(', ')}, … 5 more]`],
    [
      Array.from({ length: 3000 }, (_, i) => i).slice(0, 21),
      `Array(21) [${Array.from({ length: 20 }, (_, i) => i).join(', ')}, … 1 more]`,
    ],
    [circular, '{ list: [[Circular]], self: [Circular] }'],
    [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: Object {…} } } }'],
    [Promise.resolve(1), 'Promise (await it to see its value)'],
  ])('%#', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test('tensors show their type, shape and values', () => {
    expect(formatValue(tf.tensor([1.5, 2]))).toBe('Tensor float32 [2] [1.5, 2]');
    expect(formatValue(tf.scalar(3, 'int32'))).toBe('Tensor int32 [] 3');
    expect(
      formatValue(
        tf.tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toBe('Tensor float32 [2, 2]\n    [[1, 2],\n     [3, 4]]');
    const disposed = tf.tensor([1]);
    disposed.dispose();
    expect(formatValue(disposed)).toBe('Tensor float32 [1] (disposed)');
  });

  test('strings on their own stay bare, in a message of several values', () => {
    expect(formatMessage(['scale', 0.5, ['a']])).toBe("scale 0.5 ['a']");
  });

  test('whatever it is given, it answers with text', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
          withNullPrototype: true,
        }),
        (value) => {
          expect(typeof formatValue(value)).toBe('string');
        },
      ),
      { numRuns: 500 },
    );
    expect(
      formatValue({
        get trap() {
          throw new Error('no');
        },
        ok: 1,
      }),
    ).toBe('{ trap: [throws when read], ok: 1 }');
    const traps = new Proxy(
      {},
      {
        get() {
          throw new Error('get');
        },
        ownKeys() {
          throw new Error('keys');
        },
        getPrototypeOf() {
          throw new Error('proto');
        },
        has() {
          throw new Error('has');
        },
      },
    );
    expect(formatValue(traps)).toBe('[throws when read]');
    expect(formatValue([traps])).toBe('[[throws when read]]');
    expect(
      formatValue({
        toString() {
          throw new Error('no');
        },
        toJSON() {
          throw new Error('no');
        },
      }),
    ).toContain('toString');
  });

  test('a long array costs no more than a short one', () => {
    const startedAt = performance.now();
    for (let i = 0; i < 50; i++) formatValue(new Float32Array(5_000_000).subarray(0, 4_000_000));
    expect(formatValue(new Array(1e6).fill(1)).length).toBeLessThan(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
