import { multiply32 } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import type { FusedActivation } from '../graph.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { activationRange } from './activation-range.ts';

/**
 * ADD of two tensors of one shape. Integers are first brought to a common scale of twice the larger, with 20 bits
 * to spare (15 for int16), and added there.
 *
 * @see `AddElementwise`, tensorflow/lite/kernels/internal/reference/integer_ops/add.h
 * @internal
 */
export function prepareAdd(site: OperatorSite, activation: FusedActivation): Kernel {
  const { low, high, a, b, out, size } = operands(site, activation);
  if (site.output.type === 'float32') {
    return () => {
      for (let i = 0; i < size; i++) {
        const value = a[i]! + b[i]!;
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
      const x = (a[i]! - first.zeroPoint) << left;
      const y = (b[i]! - second.zeroPoint) << left;
      const raw = multiply32(x, m1.multiplier, m1.shift) + multiply32(y, m2.multiplier, m2.shift);
      const value = multiply32(raw, m.multiplier, m.shift) + sum.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/**
 * MUL of two tensors of one shape, or of a tensor and a vector along its last axis. Integers:
 * (a − z₁)(b − z₂)·M + z with M = s₁·s₂/s in float32, as LiteRT's mul.cc.
 *
 * @see `MulElementwise`, tensorflow/lite/kernels/internal/reference/integer_ops/mul.h
 * @internal
 */
export function prepareMul(site: OperatorSite, activation: FusedActivation): Kernel {
  const { low, high, a, b, out, size } = operands(site, activation);
  const period = b.length;
  if (site.output.type === 'float32') {
    return () => {
      for (let i = 0; i < size; i++) {
        const value = a[i]! * b[i % period]!;
        out[i] = value < low ? low : value > high ? high : value;
      }
    };
  }
  const [first, second, product] = scales(site);
  const real = Math.fround(Math.fround(first.scale * second.scale) / product.scale);
  const { multiplier, shift } = quantizeMultiplier(real);
  return () => {
    for (let i = 0; i < size; i++) {
      const raw = Math.imul(a[i]! - first.zeroPoint, b[i % period]! - second.zeroPoint);
      const value = multiply32(raw, multiplier, shift) + product.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

type Numbers = Float32Array | Int8Array | Int16Array;

function operands(
  site: OperatorSite,
  activation: FusedActivation,
): { low: number; high: number; a: Numbers; b: Numbers; out: Numbers; size: number } {
  const { output } = site;
  const [a, b] = [site.input(0), site.input(1)];
  if (a.type !== output.type || b.type !== output.type) throw site.typesError();
  site.requireType(output, 'float32', 'int8', 'int16');
  const size = sizeOf(output.shape);
  const along = sizeOf(b.shape) === output.shape.at(-1) && site.operator.code === 'MUL';
  if (sizeOf(a.shape) !== size || (sizeOf(b.shape) !== size && !along)) {
    throw site.shapesError(
      `its inputs have the shapes [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
    );
  }
  return {
    ...activationRange(site, activation),
    a: site.data(0) as Numbers,
    b: site.data(1) as Numbers,
    out: site.outputData as Numbers,
    size,
  };
}

type Scale = ReturnType<OperatorSite['scaleOf']>;

function scales(site: OperatorSite): [Scale, Scale, Scale] {
  return [site.scaleOf(site.input(0)), site.scaleOf(site.input(1)), site.scaleOf(site.output)];
}
