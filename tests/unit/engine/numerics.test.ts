import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';

describe('chooseQuantizationParams', () => {
  it.each([
    [8, true, false, -128, 127],
    [8, false, false, 0, 255],
    [8, true, true, -127, 127],
    [8, false, true, 1, 255],
    [2, true, false, -2, 1],
    [4, true, true, -7, 7],
    [16, true, false, -32768, 32767],
    [16, false, false, 0, 65535],
  ])('%i bits, signed %s, narrow %s', (numBits, signed, narrowRange, qmin, qmax) => {
    const options = { numBits, signed, narrowRange };
    const params = numerics.chooseQuantizationParams({ min: -1, max: 3 }, options);
    expect(params).toMatchObject({ qmin, qmax, numBits, signed });
    expect(params.scale).toBe(4 / (qmax - qmin));
  });

  it('widens a range to contain 0, from either side', () => {
    const above = numerics.chooseQuantizationParams({ min: 2, max: 5.1 });
    expect(above).toMatchObject({ scale: 5.1 / 255, zeroPoint: -128 });
    const below = numerics.chooseQuantizationParams({ min: -5.1, max: -2 });
    expect(below).toMatchObject({ scale: 5.1 / 255, zeroPoint: 127 });
  });

  it('widens a point as the converter does, at 1e-6 and not above it', () => {
    const point = numerics.chooseQuantizationParams({ min: 0, max: 0 });
    expect(point.scale).toBe(1e-6 / 255);
    const atLimit = numerics.chooseQuantizationParams({ min: 0, max: 1e-6 });
    expect(atLimit.scale).toBe((1e-6 + 5e-7) / 255);
    const above = numerics.chooseQuantizationParams({ min: 0, max: 1.01e-6 });
    expect(above.scale).toBe(1.01e-6 / 255);
    const symmetric = numerics.chooseQuantizationParams({ min: 0, max: 0 }, { symmetric: true });
    expect(symmetric).toMatchObject({ scale: 5e-7 / 127, zeroPoint: 0 });
  });

  it('symmetric takes the farther end, wide range or narrow', () => {
    for (const narrowRange of [false, true]) {
      const options = { symmetric: true, narrowRange };
      const params = numerics.chooseQuantizationParams({ min: -2.54, max: 1 }, options);
      expect(params).toMatchObject({ scale: 2.54 / 127, zeroPoint: 0 });
    }
    const unsigned = { symmetric: true, signed: false };
    const params = numerics.chooseQuantizationParams({ min: 0, max: 2.55 }, unsigned);
    expect(params).toMatchObject({ scale: 2.55 / 255, zeroPoint: 0, qmin: 0 });
  });
});

describe('quantize', () => {
  it.each([
    [4, true, Int8Array],
    [8, true, Int8Array],
    [8, false, Uint8Array],
    [9, true, Int16Array],
    [16, true, Int16Array],
    [16, false, Uint16Array],
  ])('%i bits, signed %s gives the smallest array', (numBits, signed, type) => {
    const params = numerics.chooseQuantizationParams({ min: 0, max: 1 }, { numBits, signed });
    expect(numerics.quantize([0.5], params)).toBeInstanceOf(type);
  });

  it('understands parameters written by hand', () => {
    const byRange = { scale: 1, zeroPoint: 128, qmin: 0, qmax: 255 };
    expect(numerics.quantize([1], byRange)).toEqual(new Uint8Array([129]));
    const wide = { scale: 1, zeroPoint: 0, qmin: -32768, qmax: 32767 };
    expect(numerics.quantize([-1e6], wide)).toEqual(new Int16Array([-32768]));
    expect(numerics.dequantize(new Uint8Array([129]), { scale: 2, zeroPoint: 128 })[0]).toBe(2);
  });

  it('does not write into its arguments', () => {
    const values = Float32Array.of(1, 2, 3);
    numerics.quantize(values, numerics.chooseQuantizationParamsPerAxis(values, [3], 0));
    expect(values).toEqual(Float32Array.of(1, 2, 3));
  });

  it('reads views into a longer buffer at their own place', () => {
    const view = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    expect(numerics.quantize(view, { scale: 1, zeroPoint: 0 })).toEqual(new Int8Array([1, 2]));
    expect(numerics.toBfloat16(view)).toEqual(Float32Array.of(1, 2));
    expect(numerics.toFloat16(view)).toEqual(Float32Array.of(1, 2));
  });
});

describe('precision, where it decides', () => {
  it('rounds the quotient to float32 before it rounds to an integer', () => {
    const x = 1.522562026977539;
    const scale = Math.fround(0.03759412467479706);
    // The true quotient is a hair below 40.5; the nearest float32 is 40.5.
    expect(Math.round(x / scale)).toBe(40);
    expect(numerics.quantize([x], { scale, zeroPoint: 0 })[0]).toBe(41);
  });

  it('reads the scale as float32', () => {
    const x = 62.891937255859375;
    const scale = 0.6076515836727311;
    expect(Math.round(Math.fround(x / scale))).toBe(104);
    expect(numerics.quantize([x], { scale, zeroPoint: 0 })[0]).toBe(103);
  });

  it('requantize divides the scales in doubles', () => {
    const from = { scale: 0.00048553351652862826, zeroPoint: 0 };
    const to = { scale: 1, zeroPoint: 0, numBits: 16 };
    // 29891859 · scale is 14513.4994; the float32 nearest to the scale would give 14514.
    expect(numerics.requantize([29_891_859], from, to)[0]).toBe(14_513);
  });
});

describe('sqnr at its ends', () => {
  it('is infinite for a perfect copy and minus infinite for a silent original', () => {
    expect(numerics.sqnr([1, 2], [1, 2])).toBe(Infinity);
    expect(numerics.sqnr([0, 0], [0, 0])).toBe(Infinity);
    expect(numerics.sqnr([0, 0], [0, 1])).toBe(-Infinity);
  });
});

describe('bfloat16 at its end', () => {
  it('rounds the largest float32 to infinity, as the format has it', () => {
    expect(numerics.toBfloat16([3.4028234663852886e38])[0]).toBe(Infinity);
    expect(numerics.toBfloat16([3.3895e38])[0]).toBeLessThan(Infinity);
  });
});
