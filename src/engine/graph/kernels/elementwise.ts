import { multiply32 } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import { roundHalfAway } from '../../numerics/round-half-away.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';
import { activationRange, integersOf } from './activation-range.ts';

const FUNCTIONS = {
  LOGISTIC: (x: number): number => 1 / (1 + Math.exp(-x)),
  TANH: Math.tanh,
} as const;

/**
 * LOGISTIC and TANH: on floats as they are, on integers q = clamp(round(f(s·(x − z))/s') + z'), for int8 by a table
 * of all 256 values.
 *
 * @see `PopulateLookupTable`, tensorflow/lite/kernels/activations.cc
 * @internal
 */
export function prepareFunction(site: OperatorSite, code: keyof typeof FUNCTIONS): Kernel {
  const f = FUNCTIONS[code];
  site.requireSameSize();
  const { type } = site.input(0);
  if (type !== site.output.type) throw site.typesError();
  if (type === 'float32') {
    const source = site.data(0) as Float32Array;
    const out = site.outputData as Float32Array;
    return () => {
      for (let i = 0; i < source.length; i++) out[i] = f(source[i]!);
    };
  }
  site.requireType(site.output, 'int8', 'int16');
  const input = site.scaleOf(site.input(0));
  const output = site.scaleOf(site.output);
  const { low, high } = integersOf(site.output);
  const inverse = Math.fround(1 / output.scale);
  const apply = (q: number): number => {
    const x = Math.fround(input.scale * (q - input.zeroPoint));
    const rounded = roundHalfAway(Math.fround(Math.fround(f(x)) * inverse)) + output.zeroPoint;
    return Math.min(high, Math.max(low, rounded));
  };
  const source = site.data(0) as Int8Array | Int16Array;
  const out = site.outputData as Int8Array | Int16Array;
  if (type === 'int16') {
    return () => {
      for (let i = 0; i < source.length; i++) out[i] = apply(source[i]!);
    };
  }
  const table = Int8Array.from({ length: 256 }, (_, i) => apply(i - 128));
  return () => {
    for (let i = 0; i < source.length; i++) out[i] = table[source[i]! + 128]!;
  };
}

/**
 * RELU and RELU6 by themselves: integers are requantized and clamped,
 * q = clamp((x − z)·s/s' + z').
 *
 * @see `ReluX`, tensorflow/lite/kernels/internal/reference/reference_ops.h
 * @internal
 */
export function prepareRectifier(site: OperatorSite, activation: 'RELU' | 'RELU6'): Kernel {
  site.requireSameSize();
  const { type } = site.input(0);
  if (type !== site.output.type) throw site.typesError();
  site.requireType(site.output, 'float32', 'int8', 'int16');
  const { low, high } = activationRange(site, activation);
  const source = site.data(0) as Float32Array | Int8Array | Int16Array;
  const out = site.outputData as Float32Array | Int8Array | Int16Array;
  const size = sizeOf(site.output.shape);
  if (type === 'float32') {
    return () => {
      for (let i = 0; i < size; i++) {
        const value = source[i]!;
        out[i] = value < low ? low : value > high ? high : value;
      }
    };
  }
  const requantize = makeRequantize(site);
  return () => {
    for (let i = 0; i < size; i++) {
      const value = requantize(source[i]!);
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/**
 * LEAKY_RELU: x where it is positive, else alpha·x; integers have a multiplier for each of the two.
 *
 * @see `QuantizeLeakyRelu`, tensorflow/lite/kernels/internal/reference/leaky_relu.h
 * @internal
 */
export function prepareLeakyRelu(site: OperatorSite, alpha: number): Kernel {
  site.requireSameSize();
  const { type } = site.input(0);
  if (type !== site.output.type) throw site.typesError();
  site.requireType(site.output, 'float32', 'int8', 'int16');
  const source = site.data(0) as Float32Array | Int8Array | Int16Array;
  const out = site.outputData as Float32Array | Int8Array | Int16Array;
  if (type === 'float32') {
    return () => {
      for (let i = 0; i < source.length; i++) {
        const value = source[i]!;
        out[i] = value > 0 ? value : value * alpha;
      }
    };
  }
  const input = site.scaleOf(site.input(0));
  const output = site.scaleOf(site.output);
  const { low, high } = integersOf(site.output);
  const [identity, leak] = [
    quantizeMultiplier(Math.fround(input.scale / output.scale)),
    quantizeMultiplier(Math.fround(Math.fround(input.scale * Math.fround(alpha)) / output.scale)),
  ];
  return () => {
    for (let i = 0; i < source.length; i++) {
      const x = source[i]! - input.zeroPoint;
      const { multiplier, shift } = x >= 0 ? identity : leak;
      const value = multiply32(x, multiplier, shift) + output.zeroPoint;
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/** QUANTIZE from integers to integers of another scale. @internal */
export function prepareRequantize(site: OperatorSite): Kernel {
  const { low, high } = integersOf(site.output);
  const requantize = makeRequantize(site);
  const source = site.data(0) as Int8Array | Int16Array;
  const out = site.outputData as Int8Array | Int16Array;
  return () => {
    for (let i = 0; i < source.length; i++) {
      const value = requantize(source[i]!);
      out[i] = value < low ? low : value > high ? high : value;
    }
  };
}

/** (x − z)·s/s' + z' with one integer multiplier. */
function makeRequantize(site: OperatorSite): (x: number) => number {
  const input = site.scaleOf(site.input(0));
  const output = site.scaleOf(site.output);
  const { multiplier, shift } = quantizeMultiplier(input.scale / output.scale);
  return (x) => multiply32(x - input.zeroPoint, multiplier, shift) + output.zeroPoint;
}
