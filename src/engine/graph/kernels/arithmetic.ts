import { multiply32 } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import type { FusedActivation } from '../graph.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { activationRange } from './activation-range.ts';

/**
 * ADD, or SUB where the sign is −1; a smaller tensor is repeated along the axes where it has one or none. Integers are
 * first brought to a common scale of twice the larger, with 20 bits to spare (15 for int16), and added there.
 *
 * @see `AddElementwise`, tensorflow/lite/kernels/internal/reference/integer_ops/add.h;
 *   `SubElementwise`, tensorflow/lite/kernels/internal/reference/sub.h
 * @internal
 */
export function prepareSum(site: OperatorSite, activation: FusedActivation, sign: 1 | -1): Kernel {
  const { low, high, a, b, atA, atB, out, size } = operands(site, activation);
  if (site.output.type === 'float32') {
    return () => {
      for (let i = 0; i < size; i++) {
        const value = a[atA(i)]! + sign * b[atB(i)]!;
        out[i] = value < low ? low : value > high ? high : value;
      }
    };
  }
  const [first, second, sum] = scales(site);
  const left = site.output.type === 'int16' ? 15 : 20;
  const twice = 2 * Math.max(first.scale, second.scale);
  const m1 = quantizeMultiplier(first.scale / twice);
  const m2 = quantizeMultiplier(second.scale / twice);
  const m = quantizeMultiplier(twice / (2 ** left * sum.scale));
  return () => {
    for (let i = 0; i < size; i++) {
      const x = (a[atA(i)]! - first.zeroPoint) << left;
      const y = (b[atB(i)]! - second.zeroPoint) << left;
      const raw =
        multiply32(x, m1.multiplier, m1.shift) + sign * multiply32(y, m2.multiplier, m2.shift);
      const value = multiply32(raw, m.multiplier, m.shift) + sum.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/**
 * MUL; a smaller tensor is repeated along the axes where it has one or none. Integers:
 * (a − z₁)(b − z₂)·M + z with M = s₁·s₂/s in float32, as LiteRT's mul.cc.
 *
 * @see `MulElementwise`, tensorflow/lite/kernels/internal/reference/integer_ops/mul.h
 * @internal
 */
export function prepareMul(site: OperatorSite, activation: FusedActivation): Kernel {
  const { low, high, a, b, atA, atB, out, size } = operands(site, activation);
  if (site.output.type === 'float32') {
    return () => {
      for (let i = 0; i < size; i++) {
        const value = a[atA(i)]! * b[atB(i)]!;
        out[i] = value < low ? low : value > high ? high : value;
      }
    };
  }
  const [first, second, product] = scales(site);
  const real = Math.fround(Math.fround(first.scale * second.scale) / product.scale);
  const { multiplier, shift } = quantizeMultiplier(real);
  return () => {
    for (let i = 0; i < size; i++) {
      const raw = Math.imul(a[atA(i)]! - first.zeroPoint, b[atB(i)]! - second.zeroPoint);
      const value = multiply32(raw, multiplier, shift) + product.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

type Numbers = Float32Array | Int8Array | Int16Array;
type Locate = (index: number) => number;

function operands(
  site: OperatorSite,
  activation: FusedActivation,
): {
  low: number;
  high: number;
  a: Numbers;
  b: Numbers;
  /** Where in `a` the value lies that goes into an element of the output. */
  atA: Locate;
  atB: Locate;
  out: Numbers;
  size: number;
} {
  const { output } = site;
  const [a, b] = [site.input(0), site.input(1)];
  if (a.type !== output.type || b.type !== output.type) throw site.typesError();
  site.requireType(output, 'float32', 'int8', 'int16');
  return {
    ...activationRange(site, activation),
    a: site.data(0) as Numbers,
    b: site.data(1) as Numbers,
    atA: broadcast(site, a.shape),
    atB: broadcast(site, b.shape),
    out: site.outputData as Numbers,
    size: sizeOf(output.shape),
  };
}

/** Shapes are compared from their last axis on; an axis of 1, or none, is repeated. */
function broadcast(site: OperatorSite, shape: readonly number[]): Locate {
  const { shape: whole } = site.output;
  const size = sizeOf(shape);
  const fits = shape.every((length, i) => {
    const wanted = whole[whole.length - shape.length + i];
    return length === wanted || length === 1;
  });
  if (!fits || shape.length > whole.length) {
    throw site.shapesError(
      `its inputs have the shapes ${[0, 1].map((i) => `[${site.input(i).shape.join(', ')}]`).join(' and ')}`,
    );
  }
  if (size === sizeOf(whole)) return (index) => index;
  if (size === 1) return () => 0;
  // The common case: a vector along the last axes.
  const lead = shape.findIndex((length) => length > 1);
  const tail = whole.slice(whole.length - shape.length + lead);
  if (sizeOf(tail) === size) return (index) => index % size;
  const table = new Int32Array(sizeOf(whole));
  const padded = [...new Array<number>(whole.length - shape.length).fill(1), ...shape];
  for (let i = 0; i < table.length; i++) {
    let rest = i;
    let at = 0;
    let stride = 1;
    for (let axis = whole.length - 1; axis >= 0; axis--) {
      const position = rest % whole[axis]!;
      rest = (rest - position) / whole[axis]!;
      if (padded[axis]! > 1) at += position * stride;
      stride *= padded[axis]!;
    }
    table[i] = at;
  }
  return (index) => table[index]!;
}

type Scale = ReturnType<OperatorSite['scaleOf']>;

function scales(site: OperatorSite): [Scale, Scale, Scale] {
  return [site.scaleOf(site.input(0)), site.scaleOf(site.input(1)), site.scaleOf(site.output)];
}
