import { tf } from 'heavy-weights';
import { describe, expect, test } from 'vitest';
import { formatCall, formatPair, formatValue } from '../../../src/exercises/format-value.ts';
import { CallError } from '../../../src/exercises/kit/call-error.ts';
import { CheckFailure } from '../../../src/exercises/kit/check-failure.ts';
import {
  check,
  defineChecks,
  expectArrayClose,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectThrows,
  expectTrue,
  fail,
} from '../../../src/exercises/kit/index.ts';
import { describeKind, requireKind } from '../../../src/exercises/kit/returns.ts';

function failureOf(act: () => void): CheckFailure {
  try {
    act();
  } catch (error) {
    if (error instanceof CheckFailure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('expectEqual', () => {
  test('takes plain values by structure, typed arrays as arrays, 0 as −0 and NaN as NaN', () => {
    expectEqual(3, 3);
    expectEqual(-0, 0);
    expectEqual(NaN, NaN);
    expectEqual(Int8Array.of(1, -2), [1, -2]);
    expectEqual({ scale: 1, codes: [1, 2] }, { codes: Uint8Array.of(1, 2), scale: 1 });
    expectEqual(undefined, undefined);
  });

  test.for<[string, unknown, unknown]>([
    ['a string for a number', '6', 6],
    ['a boxed number', Object(6), 6],
    ['an array of one', [6], 6],
    ['null', null, 6],
    ['NaN', NaN, 6],
    ['a missing key', { scale: 1 }, { scale: 1, zeroPoint: 0 }],
    ['a key too many', { scale: 1, more: 2 }, { scale: 1 }],
    ['a shorter array', [1], [1, 2]],
    ['a longer array', [1, 2, 3], [1, 2]],
    ['an object with a length', { length: 2, 0: 1, 1: 2 }, [1, 2]],
    ['undefined for an object', undefined, {}],
    ['a nested difference', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
  ])('refuses %s', ([, actual, expected]) => {
    expect(() => expectEqual(actual, expected)).toThrow(CheckFailure);
  });

  test('points to the first element that differs', () => {
    expect(failureOf(() => expectArrayEqual([1, 2, 9, 9], [1, 2, 3, 4])).message).toBe(
      'Element 2 of the answer should be 3; it is 9.',
    );
    expect(failureOf(() => expectEqual([9], [1], { label: 'codes' })).message).toBe(
      'codes[0] should be 1; it is 9.',
    );
    expect(failureOf(() => expectEqual({ zeroPoint: 3 }, { zeroPoint: 4 })).message).toBe(
      'zeroPoint of the answer should be 4; it is 3.',
    );
  });

  test('shows the element that differs of an array too long to show', () => {
    const wanted = new Float32Array(100);
    const given = wanted.slice();
    given[60] = 1;
    const { got, expected } = failureOf(() => expectArrayEqual(given, wanted));
    expect(got).toMatch(/92 more\], with \[60\] = 1$/);
    expect(expected).toMatch(/with \[60\] = 0$/);
  });

  test('compares tensors by shape and elements', () => {
    expectEqual(tf.tensor2d([[1, 2]]), tf.tensor2d([[1, 2]]));
    expect(
      failureOf(() => expectEqual(tf.tensor1d([1, 2]), tf.tensor2d([[1, 2]]))).message,
    ).toContain('[2], not [1, 2]');
    expect(() => expectEqual([1, 2], tf.tensor1d([1, 2]))).toThrow(CheckFailure);
  });
});

describe('expectClose', () => {
  test('takes an absolute tolerance, a relative one, or 1e-6', () => {
    expectClose(1 + 9e-7, 1);
    expectClose(1.05, 1, { tolerance: 0.1 });
    expectClose(1e9 + 1, 1e9, { relative: 1e-8 });
    expectArrayClose([0.1 + 0.2, Infinity, NaN], [0.3, Infinity, NaN]);
  });

  test.for<[string, number, number, { tolerance?: number; relative?: number }]>([
    ['just outside', 1 + 2e-6, 1, {}],
    ['a small number judged relatively', 1.01e-9, 1e-9, { relative: 1e-3 }],
    ['NaN', NaN, 1, { tolerance: 1e300 }],
    ['an infinity for a number', Infinity, 1, { tolerance: Infinity }],
    ['the other infinity', -Infinity, Infinity, { relative: 1 }],
  ])('refuses %s', ([, actual, expected, options]) => {
    expect(() => expectClose(actual, expected, options)).toThrow(CheckFailure);
  });
});

test('arrays can be asked to be of one type', () => {
  expectArrayEqual(Int8Array.of(1), [1], { type: 'Int8Array' });
  expect(failureOf(() => expectArrayEqual([1], [1], { type: 'Int8Array' })).message).toBe(
    'The answer should be of type Int8Array; it is of type Array.',
  );
  expect(failureOf(() => expectArrayEqual(7, [1])).message).toBe(
    'The answer should be an array of numbers.',
  );
});

test('expectTrue takes true only, and fail always fails', () => {
  expectTrue(true, 'unused');
  expect(() => expectTrue('yes' as never, 'a string is not true')).toThrow('a string is not true');
  expect(failureOf(() => fail('no', { got: 1 })).got).toBe('1');
});

describe('expectThrows', () => {
  const thrown = new CallError('pack', { code: 'threw', explain: 'values[0] is too large' });
  const reject = (error: Error) => (): Promise<unknown> => Promise.reject(error);

  test('takes an error of the call, and asks what it mentions', async () => {
    await expectThrows(reject(thrown), { when: 'for 9' });
    await expectThrows(reject(thrown), {
      when: 'for 9',
      mentions: { pattern: /values/, words: 'values' },
    });
    await expect(
      expectThrows(reject(thrown), {
        when: 'for 9',
        mentions: { pattern: /index/, words: 'the index' },
      }),
    ).rejects.toThrow('The error should mention the index.');
  });

  test('does not take an answer, an answer that cannot cross, or a fault of the check', async () => {
    await expect(expectThrows(async () => 12, { when: 'for 9' })).rejects.toMatchObject({
      got: '12',
      expected: 'an error',
    });
    const crossing = new CallError('pack', { code: 'value-cannot-cross', explain: 'a function' });
    await expect(expectThrows(reject(crossing), { when: 'for 9' })).rejects.toBe(crossing);
    await expect(expectThrows(reject(new TypeError('mine')), { when: 'for 9' })).rejects.toThrow(
      TypeError,
    );
  });
});

describe('kinds of answers', () => {
  test('are described in words', () => {
    expect(describeKind({ scale: 'number', zeroPoint: 'integer' })).toBe(
      'an object with scale (a number) and zeroPoint (an integer)',
    );
    expect(describeKind('Int8Array')).toBe('an Int8Array');
    expect(describeKind('Float32Array')).toBe('a Float32Array');
    expect(describeKind(['string'])).toBe('an array, each element a string');
  });

  test.for<[unknown, Parameters<typeof requireKind>[2]]>([
    [1, 'number'],
    [NaN, 'number'],
    [[1, 2], 'numbers'],
    [new Float32Array(2), 'numbers'],
    [new Int8Array(1), 'Int8Array'],
    [{ a: 1, b: 'x' }, { a: 'integer' }],
    [[{ a: true }], [{ a: 'boolean' }]],
  ])('%o is %o', ([value, kind]) => {
    requireKind('f', value, kind);
  });

  test.for<[unknown, Parameters<typeof requireKind>[2], string]>([
    [undefined, { scale: 'number' }, 'it returned undefined'],
    [null, { scale: 'number' }, 'it returned null'],
    [[], { scale: 'number' }, 'it returned []'],
    [{}, { scale: 'number' }, 'scale of what it returned is missing'],
    [{ scale: '1' }, { scale: 'number' }, 'scale of what it returned is "1"'],
    [1.5, 'integer', 'it returned 1.5'],
    [[1, '2'], 'numbers', 'it returned [1, "2"]'],
    [new Uint8Array(1), 'Int8Array', 'it returned Uint8Array [0]'],
    [[1, 'x'], ['number'], '[1] of what it returned is "x"'],
  ])('%o is not %o', ([value, kind, message]) => {
    expect(failureOf(() => requireKind('f', value, kind)).message).toContain(message);
  });
});

test('checks need kebab-case ids of their own, a name, and company', () => {
  const run = async (): Promise<void> => undefined;
  expect(() => check('Not Kebab', 'x', run)).toThrow('kebab-case');
  expect(() => check('a', ' ', run)).toThrow('no name');
  expect(() => defineChecks([])).toThrow('at least one');
  expect(() => defineChecks([check('a', 'x', run), check('a', 'y', run)])).toThrow(
    'Two checks have the id "a"',
  );
});

describe('values as text', () => {
  test.for<[unknown, string]>([
    [0.1 + 0.2, '0.3'],
    [-0, '-0'],
    [-1000000.5, '-1000000.5'],
    [new Float32Array([0.1, 2]), 'Float32Array [0.1, 2]'],
    [[1, [2, [3, [4]]]], '[1, [2, [3, […]]]]'],
    [Array.from({ length: 10 }, (_, i) => i), '[0, 1, 2, 3, 4, 5, 6, 7, … 2 more]'],
    [{ scale: 0.5, codes: Int8Array.of(1) }, '{ scale: 0.5, codes: Int8Array [1] }'],
    ['a "quoted" word', '"a \\"quoted\\" word"'],
    [undefined, 'undefined'],
    [12n, '12n'],
  ])('%o', ([value, text]) => {
    expect(formatValue(value)).toBe(text);
  });

  test('calls read as the reader would write them', () => {
    expect(formatCall('quantize', [[0.5, -1.2], 0.01])).toBe('quantize([0.5, -1.2], 0.01)');
  });

  test('two values that differ late get the digits to show it', () => {
    expect(formatPair(0.1234567891, 0.1234567892)).toEqual(['0.1234567891', '0.1234567892']);
    expect(formatPair(1, 1)).toEqual(['1', '1']);
  });
});
