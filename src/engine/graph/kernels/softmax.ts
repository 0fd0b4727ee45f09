import { divideByPOT, highMul, multiply32 } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { expOnNegativeValues, reciprocal } from './fixed-point-functions.ts';
import { interpolate, interpolationTable } from './interpolation-table.ts';

/** Integer bits of a scaled difference, and of the sum of exponentials. */
const DIFFERENCE_BITS = 5;
const SUM_BITS = 12;

/**
 * SOFTMAX along the last axis: y = e^(β(x − max)) / Σ e^(β(x − max)). int8 in fixed point, with the output at
 * 1/256 and −128; int16 by interpolated tables, with the output at 1/32768 and 0.
 *
 * @see tensorflow/lite/kernels/internal/reference/softmax.h
 * @internal
 */
export function prepareSoftmax(site: OperatorSite, beta: number): Kernel {
  const { shape, type } = site.input(0);
  site.requireSameSize();
  if (type !== site.output.type) throw site.typesError();
  const depth = shape.at(-1)!;
  const rows = sizeOf(shape) / depth;
  const eachRow = (run: (start: number) => void): void => {
    for (let row = 0; row < rows; row++) run(row * depth);
  };
  if (type === 'float32') {
    const row = floatRow(site, depth, beta);
    return () => eachRow(row);
  }
  site.requireType(site.output, 'int8', 'int16');
  const row = type === 'int8' ? int8Row(site, depth, beta) : int16Row(site, depth, beta);
  return () => eachRow(row);
}

function floatRow(site: OperatorSite, depth: number, beta: number): (start: number) => void {
  const source = site.data(0) as Float32Array;
  const out = site.outputData as Float32Array;
  return (start) => {
    const max = largest(source, start, depth);
    let sum = 0;
    for (let i = start; i < start + depth; i++) sum += Math.exp((source[i]! - max) * beta);
    for (let i = start; i < start + depth; i++) {
      out[i] = Math.exp((source[i]! - max) * beta) / sum;
    }
  };
}

function int8Row(site: OperatorSite, depth: number, beta: number): (start: number) => void {
  const source = site.data(0) as Int8Array;
  const out = site.outputData as Int8Array;
  const { scale } = site.scaleOf(site.input(0));
  const real = Math.min(beta * scale * 2 ** (31 - DIFFERENCE_BITS), 2 ** 31 - 1);
  const { multiplier, shift } = quantizeMultiplier(real);
  // Differences below this have an exponential of 0.
  const least = -Math.floor(
    ((2 ** DIFFERENCE_BITS - 1) * 2 ** (31 - DIFFERENCE_BITS)) / 2 ** shift,
  );
  const exponential = (difference: number): number =>
    expOnNegativeValues(multiply32(difference, multiplier, shift), DIFFERENCE_BITS);
  return (start) => {
    const max = largest(source, start, depth);
    let sum = 0;
    for (let i = start; i < start + depth; i++) {
      const difference = source[i]! - max;
      if (difference >= least) sum = (sum + divideByPOT(exponential(difference), SUM_BITS)) | 0;
    }
    const { scale: inverse, bitsOverUnit } = reciprocal(sum, SUM_BITS);
    for (let i = start; i < start + depth; i++) {
      const difference = source[i]! - max;
      if (difference < least) {
        out[i] = -128;
        continue;
      }
      const product = highMul(inverse, exponential(difference));
      const value = divideByPOT(product, bitsOverUnit + 31 - 8) - 128;
      out[i] = Math.min(127, Math.max(-128, value));
    }
  };
}

function int16Row(site: OperatorSite, depth: number, beta: number): (start: number) => void {
  const source = site.data(0) as Int16Array;
  const out = site.outputData as Int16Array;
  const { scale } = site.scaleOf(site.input(0));
  const { multiplier, shift } = quantizeMultiplier((scale * beta) / (10 / 65535));
  const expTable = interpolationTable(Math.exp, -10, 0);
  const reciprocalTable = interpolationTable((x) => 1 / (1 + x), 0, 1);
  const exponentials = new Int32Array(depth);
  return (start) => {
    const max = largest(source, start, depth);
    let sum = 0;
    for (let c = 0; c < depth; c++) {
      const scaled = multiply32(source[start + c]! - max, multiplier, shift) + 32767;
      exponentials[c] = interpolate(expTable, Math.max(-32768, Math.min(32767, scaled)));
      sum += exponentials[c]!;
    }
    const headroom = Math.clz32(sum);
    const shifted = Math.floor((sum * 2 ** (headroom - 1) + 2 ** 13) / 2 ** 14);
    const centred = shifted - (2 ** 15 + 2 ** 16);
    const inverse = interpolate(reciprocalTable, Math.max(-32768, Math.min(32767, centred)));
    const right = 31 - headroom;
    for (let c = 0; c < depth; c++) {
      const value = Math.floor((exponentials[c]! * inverse + 2 ** (right - 1)) / 2 ** right);
      out[start + c] = Math.min(32767, Math.max(0, value));
    }
  };
}

function largest(values: ArrayLike<number>, start: number, count: number): number {
  let max = -Infinity;
  for (let i = start; i < start + count; i++) if (values[i]! > max) max = values[i]!;
  return max;
}
