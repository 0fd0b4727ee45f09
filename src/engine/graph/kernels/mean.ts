import { multiply32 } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { integersOf } from './activation-range.ts';

/**
 * MEAN over axes that are constants. Integers: the factor s_in/(s_out·n) is one multiplier, so that sums are
 * rounded once: M' = ⌊M·2^s/n⌋ with the largest s ≤ 31 + shift that n allows.
 *
 * @see `QuantizedMeanOrSum`, tensorflow/lite/kernels/internal/reference/reduce.h
 * @internal
 */
export function prepareMean(site: OperatorSite): Kernel {
  const { shape, type } = site.input(0);
  if (type !== site.output.type) throw site.typesError();
  site.requireType(site.output, 'float32', 'int8', 'int16');
  const axes = new Set(
    Array.from(site.constant(1) as Int32Array, (axis) => (axis < 0 ? axis + shape.length : axis)),
  );
  const kept = shape.map((size, axis) => (axes.has(axis) ? 1 : size));
  const outputs = sizeOf(kept);
  if (outputs !== sizeOf(site.output.shape)) {
    throw site.shapesError(`the mean over its axes has ${outputs} values`);
  }
  const count = sizeOf(shape) / outputs;
  const targets = targetsOf(shape, axes);
  const sums = new Float64Array(outputs);
  const source = site.data(0) as Float32Array | Int8Array | Int16Array;
  const sum = (): void => {
    sums.fill(0);
    for (let i = 0; i < targets.length; i++) {
      const to = targets[i]!;
      sums[to] = sums[to]! + source[i]!;
    }
  };
  if (type === 'float32') {
    const out = site.outputData as Float32Array;
    return () => {
      sum();
      for (let i = 0; i < outputs; i++) out[i] = sums[i]! / count;
    };
  }
  const input = site.scaleOf(site.input(0));
  const output = site.scaleOf(site.output);
  const { multiplier, shift } = quantizeMultiplier(input.scale / output.scale);
  const extra = Math.min(31 - Math.clz32(count), 31 + shift);
  const shared = Math.floor((multiplier * 2 ** extra) / count);
  const { low, high } = integersOf(site.output);
  const out = site.outputData as Int8Array | Int16Array;
  return () => {
    sum();
    for (let i = 0; i < outputs; i++) {
      const centred = sums[i]! - input.zeroPoint * count;
      const value = multiply32(centred, shared, shift - extra) + output.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/** For each value of the input the place of the mean it belongs to. */
function targetsOf(shape: readonly number[], axes: ReadonlySet<number>): Int32Array {
  let targets = [0];
  for (const [axis, size] of shape.entries()) {
    const next: number[] = [];
    for (const target of targets) {
      for (let i = 0; i < size; i++) next.push(axes.has(axis) ? target : target * size + i);
    }
    targets = next;
  }
  return Int32Array.from(targets);
}
