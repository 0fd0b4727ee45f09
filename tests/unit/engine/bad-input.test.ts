import { numerics, ReaderError, tf } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

/** Calls what must fail and gives the error, which must be one for readers. */
function errorOf(call: () => unknown): ReaderError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
    return error as ReaderError;
  }
  throw new Error('the call did not throw');
}

const good = { scale: 0.5, zeroPoint: 0 };
const wrong = (value: unknown) => value as never;

/** Every function that takes values, called with the given ones. */
const takers: Record<string, { name: string; call: (values: never) => unknown }> = {
  quantize: { name: 'values', call: (v) => numerics.quantize(v, good) },
  dequantize: { name: 'q', call: (v) => numerics.dequantize(v, good) },
  requantize: { name: 'values', call: (v) => numerics.requantize(v, good, good) },
  minMax: { name: 'values', call: (v) => numerics.minMax(v) },
  minMaxPerAxis: { name: 'values', call: (v) => numerics.minMaxPerAxis(v, [3], 0) },
  perAxis: {
    name: 'values',
    call: (v) => numerics.chooseQuantizationParamsPerAxis(v, [3], 0),
  },
  perGroup: {
    name: 'values',
    call: (v) => numerics.chooseQuantizationParamsPerGroup(v, [3], 0, 3),
  },
  encodeFloat16: { name: 'values', call: (v) => numerics.encodeFloat16(v) },
  toFloat16: { name: 'values', call: (v) => numerics.toFloat16(v) },
  encodeBfloat16: { name: 'values', call: (v) => numerics.encodeBfloat16(v) },
  toBfloat16: { name: 'values', call: (v) => numerics.toBfloat16(v) },
  decodeFloat16: { name: 'bits', call: (v) => numerics.decodeFloat16(v) },
  decodeBfloat16: { name: 'bits', call: (v) => numerics.decodeBfloat16(v) },
  packInt4: { name: 'values', call: (v) => numerics.packInt4(v) },
  unpackInt4: { name: 'bytes', call: (v) => numerics.unpackInt4(v, 5) },
  mse: { name: 'original', call: (v) => numerics.mse(v, [1, 2, 3]) },
  'mse, second': { name: 'approximation', call: (v) => numerics.mse([1, 2, 3], v) },
  sqnr: { name: 'original', call: (v) => numerics.sqnr(v, [1, 2, 3]) },
  maxAbsError: { name: 'original', call: (v) => numerics.maxAbsError(v, [1, 2, 3]) },
  cosineSimilarity: { name: 'original', call: (v) => numerics.cosineSimilarity(v, [1, 2, 3]) },
};

describe.each(Object.entries(takers))('%s', (_, { name, call }) => {
  it.each([NaN, Infinity, -Infinity])('names the index of %s', (bad) => {
    for (const values of [[1, 0, bad], Float32Array.of(1, 0, bad)]) {
      const { explain } = errorOf(() => call(wrong(values)));
      expect(explain).toContain(`${name}[2]`);
      expect(explain).toContain(String(bad));
    }
  });

  it.each([
    ['an empty array', [], 'array-empty'],
    ['undefined', undefined, 'not-an-array-of-numbers'],
    ['null', null, 'not-an-array-of-numbers'],
    ['a number', 3, 'not-an-array-of-numbers'],
    ['text', '1,2', 'not-an-array-of-numbers'],
    ['an object', { length: 2 }, 'not-an-array-of-numbers'],
    ['a promise', Promise.resolve([1]), 'not-an-array-of-numbers'],
    ['a bigint array', new BigInt64Array(2), 'not-an-array-of-numbers'],
  ])('refuses %s', (_what, bad, code) => {
    const error = errorOf(() => call(wrong(bad)));
    expect(error.code).toBe(code);
    expect(error.explain.startsWith(name)).toBe(true);
    expect(error.hint).toBeTypeOf('string');
  });

  it.each([
    ['text', 'a'],
    ['a nested array', [1]],
    ['undefined', undefined],
  ])('names the index of %s inside', (_what, bad) => {
    expect(errorOf(() => call(wrong([1, bad, 1]))).explain).toContain(`${name}[1]`);
  });
});

it('tells a tensor from its numbers', () => {
  const error = errorOf(() => numerics.quantize(wrong(tf.tensor1d([1, 2])), good));
  expect(error.hint).toContain('await tensor.data()');
});

it('names the first value that float32 cannot hold', () => {
  const error = errorOf(() => numerics.quantize([1, 1e39], good));
  expect(error.code).toBe('value-outside-float32');
  expect(error.explain).toContain('values[1]');
});

describe('ranges and options', () => {
  const choose = (range: unknown, options?: unknown) => () =>
    numerics.chooseQuantizationParams(wrong(range), wrong(options));

  it.each([
    ['inverted', { min: 1, max: -1 }, 'range-inverted', 'min is 1 and max is -1'],
    ['NaN', { min: NaN, max: 1 }, 'not-a-finite-number', 'min must be a finite number'],
    ['infinite', { min: 0, max: Infinity }, 'not-a-finite-number', 'max must be'],
    ['text', { min: '0', max: 1 }, 'not-a-finite-number', 'min must be'],
    ['too wide', { min: -1e308, max: 1e308 }, 'range-too-wide', 'max − min'],
    ['an array', [0, 1], 'range-not-understood', 'an array of 2'],
    ['nothing', undefined, 'range-not-understood', 'undefined'],
  ])('%s', (_what, range, code, text) => {
    const error = errorOf(choose(range));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });

  it.each([1, 17, 7.5, NaN, '8'])('numBits %s', (numBits) => {
    const error = errorOf(choose({ min: 0, max: 1 }, { numBits }));
    expect(error.message).toContain('numBits must be an integer from 2 to 16');
  });

  it('a name in Python spelling', () => {
    const error = errorOf(choose({ min: 0, max: 1 }, { num_bits: 4 }));
    expect(error.code).toBe('option-unknown');
    expect(error.hint).toContain('numBits');
  });

  it('an option that is no boolean, and options that are no object', () => {
    const error = errorOf(choose({ min: 0, max: 1 }, { signed: 'yes' }));
    expect(error.code).toBe('option-not-boolean');
    expect(errorOf(choose({ min: 0, max: 1 }, null)).code).toBe('options-not-an-object');
  });

  it('symmetric unsigned with a negative minimum', () => {
    const error = errorOf(choose({ min: -1, max: 1 }, { symmetric: true, signed: false }));
    expect(error.code).toBe('symmetric-needs-signed');
  });
});

describe('shapes, axes, groups', () => {
  const values = [1, 2, 3, 4, 5, 6];

  it.each([
    ['a shape that does not fit', [2, 2], 0, 'shape-does-not-fit'],
    ['an empty shape', [], 0, 'shape-not-an-array'],
    ['no shape', undefined, 0, 'shape-not-an-array'],
    ['a size of 0', [0, 6], 0, 'not-an-integer-in-range'],
    ['an axis too far', [2, 3], 2, 'axis-out-of-range'],
    ['an axis too far back', [2, 3], -3, 'axis-out-of-range'],
    ['half an axis', [2, 3], 0.5, 'axis-out-of-range'],
  ])('%s', (_what, shape, axis, code) => {
    const perAxis = () => numerics.chooseQuantizationParamsPerAxis(values, wrong(shape), axis);
    const perGroup = () => numerics.chooseQuantizationParamsPerGroup(values, wrong(shape), axis, 1);
    expect(errorOf(perAxis).code).toBe(code);
    expect(errorOf(perGroup).code).toBe(code);
  });

  it('a group size that does not divide, with the nearest that does', () => {
    const error = errorOf(() => numerics.chooseQuantizationParamsPerGroup(values, [6], 0, 4));
    expect(error.code).toBe('group-size-does-not-divide');
    expect(error.hint).toContain('3');
  });

  it.each([0, -1, 1.5, 7])('group size %s', (size) => {
    const error = errorOf(() => numerics.chooseQuantizationParamsPerGroup(values, [6], 0, size));
    expect(error.explain).toContain('groupSize must be an integer from 1 to 6');
  });

  it('parameters made for another shape', () => {
    const params = numerics.chooseQuantizationParamsPerAxis(values, [2, 3], 1);
    const other = errorOf(() => numerics.quantize([1, 2], params));
    expect(other.code).toBe('shape-does-not-fit');
    const short = errorOf(() => numerics.quantize(values, { ...params, scales: [1] }));
    expect(short.message).toContain('params.scales must be an array of 3 numbers');
  });
});

describe('parameters', () => {
  it.each([0, -1, NaN, Infinity, 1e-60, undefined])('scale %s', (scale) => {
    const error = errorOf(() => numerics.quantize([1], { scale: wrong(scale), zeroPoint: 0 }));
    expect(error.code).toBe('scale-not-positive');
  });

  it.each([128, -129, 0.5, NaN, undefined])('zero point %s', (zeroPoint) => {
    const params = { scale: 1, zeroPoint: wrong(zeroPoint) };
    const error = errorOf(() => numerics.quantize([1], params));
    expect(error.explain).toContain('params.zeroPoint must be an integer from -128 to 127');
  });

  it.each([undefined, null, 3, {}])('%s', (params) => {
    const error = errorOf(() => numerics.dequantize([1], wrong(params)));
    expect(error.code).toBe('params-not-understood');
  });

  it('a range beyond the bits, or upside down', () => {
    const tooWide = errorOf(() => numerics.quantize([1], { ...good, numBits: 4, qmax: 127 }));
    expect(tooWide.explain).toContain('params.qmax');
    expect(() => numerics.quantize([1], { ...good, qmin: 5, qmax: 2 })).toThrow(ReaderError);
  });
});

describe('fixed point', () => {
  it.each([2 ** 31, -(2 ** 31) - 1, 0.5, NaN, Infinity, '7'])('refuses %s for int32', (bad) => {
    const x = wrong(bad);
    const calls = [
      () => numerics.saturatingRoundingDoublingHighMul(x, 1),
      () => numerics.saturatingRoundingDoublingHighMul(1, x),
      () => numerics.roundingDivideByPOT(x, 1),
      () => numerics.multiplyByQuantizedMultiplier(x, 1, 0),
      () => numerics.multiplyByQuantizedMultiplier(1, x, 0),
    ];
    for (const call of calls) expect(errorOf(call).code).toBe('not-an-integer-in-range');
  });

  it('refuses shifts and exponents out of range', () => {
    for (const bad of [-32, 32, 0.5, NaN]) {
      expect(() => numerics.multiplyByQuantizedMultiplier(1, 1, bad)).toThrow(/shift must be/);
    }
    for (const bad of [-1, 32]) {
      expect(() => numerics.roundingDivideByPOT(1, bad)).toThrow(/exponent must be/);
    }
    for (const bad of [-32, 8]) {
      expect(() => numerics.multiplyByQuantizedMultiplierInt64(1, 1, bad)).toThrow(/shift must be/);
    }
    expect(() => numerics.multiplyByQuantizedMultiplierInt64(2 ** 47, 1, 0)).toThrow(/x must be/);
    expect(() => numerics.multiplyByQuantizedMultiplierInt64(1, -1, 0)).toThrow(/multiplier must/);
  });

  it('refuses factors that are not finite', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(() => numerics.quantizeMultiplier(bad)).toThrow(/real must be a finite number/);
    }
  });
});

describe('requantize', () => {
  it('names the accumulator that is no integer, or too wide', () => {
    expect(errorOf(() => numerics.requantize([1, 0.5], good, good)).explain).toContain('values[1]');
    const wide = errorOf(() => numerics.requantize([2 ** 31], good, good));
    expect(wide.explain).toContain('values[0] must be an integer from -2147483648');
    const centred = errorOf(() =>
      numerics.requantize(new Int32Array([-(2 ** 31)]), { scale: 1, zeroPoint: 1 }, good),
    );
    expect(centred.explain).toContain('from.zeroPoint');
  });

  it('refuses a ratio of scales that integers cannot express', () => {
    const error = errorOf(() =>
      numerics.requantize([1], { scale: 1e9, zeroPoint: 0 }, { scale: 1e-9, zeroPoint: 0 }),
    );
    expect(error.code).toBe('scale-ratio-too-large');
  });

  it('refuses a target of many scales and an unknown accumulator', () => {
    const perAxis = { scales: [1], zeroPoints: [0], axis: 0, shape: [1] };
    expect(errorOf(() => numerics.requantize([1], good, wrong(perAxis))).code).toBe(
      'target-not-per-tensor',
    );
    const options = wrong({ accumulator: 'int33' });
    expect(errorOf(() => numerics.requantize([1], good, good, options)).code).toBe(
      'accumulator-unknown',
    );
  });
});

describe('the rest', () => {
  it('lengths that differ, both named', () => {
    const error = errorOf(() => numerics.mse([1, 2], [1]));
    expect(error.explain).toContain('original has 2 numbers and approximation has 1');
  });

  it('a vector without direction', () => {
    expect(errorOf(() => numerics.cosineSimilarity([0, 0], [1, 1])).code).toBe('no-direction');
    expect(errorOf(() => numerics.cosineSimilarity([1, 1], [0, 0])).code).toBe('no-direction');
  });

  it('int4 values and lengths', () => {
    for (const bad of [8, -9, 0.5]) {
      expect(errorOf(() => numerics.packInt4([0, bad])).explain).toContain('values[1]');
    }
    for (const bad of [0, 2, 5, 3.5, NaN]) {
      expect(errorOf(() => numerics.unpackInt4([1, 2], bad)).code).toBe('packed-length-differs');
    }
    expect(errorOf(() => numerics.unpackInt4([1, 256], 4)).explain).toContain('bytes[1]');
  });

  it('words that are not 16 bits', () => {
    expect(errorOf(() => numerics.decodeFloat16([0, 65_536])).explain).toContain('bits[1]');
    expect(errorOf(() => numerics.decodeBfloat16([-1])).explain).toContain('bits[0]');
  });
});
