import * as fc from 'fast-check';
import { numerics } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { quantizationOptions, shapedValues } from './arbitraries.ts';

/** Flat indices of each slice or group, found by counting coordinates: slow and plain. */
function partsOf(shape: number[], partOf: (coordinates: number[]) => string): number[][] {
  const parts = new Map<string, number[]>();
  const total = shape.reduce((product, n) => product * n, 1);
  for (let flat = 0; flat < total; flat++) {
    let rest = flat;
    const coordinates = shape.map(() => 0);
    for (let d = shape.length - 1; d >= 0; d--) {
      coordinates[d] = rest % shape[d]!;
      rest = Math.floor(rest / shape[d]!);
    }
    const key = partOf(coordinates);
    parts.set(key, [...(parts.get(key) ?? []), flat]);
  }
  return [...parts.values()];
}

/** Each part on its own, through the per-tensor functions, must give what the whole gave. */
function expectPartsAlike(
  values: Float32Array,
  params: numerics.PerAxisQuantizationParams,
  parts: number[][],
  options: object,
): void {
  const q = numerics.quantize(values, params);
  const back = numerics.dequantize(q, params);
  expect(params.scales).toHaveLength(parts.length);
  parts.forEach((indices, part) => {
    const own = indices.map((i) => values[i]!);
    const ownParams = numerics.chooseQuantizationParams(numerics.minMax(own), options);
    expect(params.scales[part]).toBe(ownParams.scale);
    expect(params.zeroPoints[part]).toBe(ownParams.zeroPoint);
    const ownQ = numerics.quantize(own, ownParams);
    expect(indices.map((i) => q[i])).toEqual(Array.from(ownQ));
    expect(indices.map((i) => back[i])).toEqual(Array.from(numerics.dequantize(ownQ, ownParams)));
  });
}

describe('granularity', () => {
  it('per axis is per tensor on each slice, whichever axis', () => {
    fc.assert(
      fc.property(shapedValues, fc.nat(2), quantizationOptions, (given, pick, options) => {
        const { values, shape } = given;
        const axis = pick % shape.length;
        const params = numerics.chooseQuantizationParamsPerAxis(values, shape, axis, options);
        const parts = partsOf(shape, (at) => String(at[axis]));
        expectPartsAlike(values, params, parts, options);
      }),
    );
  });

  it('per group is per tensor on each group', () => {
    fc.assert(
      fc.property(shapedValues, quantizationOptions, (given, options) => {
        const { values, shape, axis, groupSize } = given;
        const params = numerics.chooseQuantizationParamsPerGroup(
          values,
          shape,
          axis,
          groupSize,
          options,
        );
        const parts = partsOf(shape, (at) =>
          at.map((c, d) => (d === axis ? Math.floor(c / groupSize) : c)).join(),
        );
        expectPartsAlike(values, params, parts, options);
      }),
    );
  });

  it('an axis counted from the end is the same axis', () => {
    fc.assert(
      fc.property(shapedValues, ({ values, shape }) => {
        const last = numerics.chooseQuantizationParamsPerAxis(values, shape, -1);
        const same = numerics.chooseQuantizationParamsPerAxis(values, shape, shape.length - 1);
        expect(last).toEqual(same);
      }),
    );
  });
});
