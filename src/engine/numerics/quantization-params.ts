import { ReaderError } from '../../shared/reader-error.ts';
import { describe, requireInteger } from './arguments.ts';
import {
  axisLayout,
  forEachAxisRun,
  forEachGroupRun,
  requireGroupSize,
  type RunVisitor,
} from './axis-runs.ts';
import { integerRange, type IntegerRange } from './integer-range.ts';

/** One scale and zero point for all values: real = scale · (q − zeroPoint). */
export interface QuantizationParams extends IntegerRange {
  /** The real distance between neighbouring integers, > 0, in the unit of the values. */
  scale: number;
  /** The integer that stands for the real number 0. */
  zeroPoint: number;
}

/** A scale and zero point for each index along one axis. */
export interface PerAxisQuantizationParams extends IntegerRange {
  /** One a slice: as many as `shape[axis]`. */
  scales: number[];
  /** One a slice, beside `scales`. */
  zeroPoints: number[];
  /** Counted from the front. */
  axis: number;
  /** Shape of the values. */
  shape: number[];
}

/** A scale and zero point for every `groupSize` neighbours along one axis. */
export interface PerGroupQuantizationParams extends PerAxisQuantizationParams {
  /** Values a group. `scales` is row-major in the shape whose axis is divided by it. */
  groupSize: number;
}

/** Parameters of any granularity. */
export type AnyQuantizationParams =
  QuantizationParams | PerAxisQuantizationParams | PerGroupQuantizationParams;

/** Integers of 2 to 16 bits; fewer than 8 (or 16) bits are stored one value an element. */
export type QuantizedArray = (Int8Array | Uint8Array | Int16Array | Uint16Array) & {
  readonly buffer: ArrayBuffer;
};

/** Parameters written by hand may leave the range out: it is then that of int8. */
export type Handmade<P extends IntegerRange> = Omit<P, keyof IntegerRange> & Partial<IntegerRange>;

/** Any parameters, computed or written by hand. */
export type GivenParams = Handmade<QuantizationParams> | Handmade<PerAxisQuantizationParams>;

/** Parameters after every check, ready for a loop. */
export interface ReadyParams {
  range: IntegerRange;
  scales: readonly number[];
  zeroPoints: readonly number[];
  forEachRun: (visit: RunVisitor) => void;
}

function readRange(params: Partial<IntegerRange>): IntegerRange {
  const signed = params.signed ?? (params.qmin === undefined || params.qmin < 0);
  const widest = integerRange({ numBits: params.numBits ?? bitsFor(params, signed), signed });
  const { qmin = widest.qmin, qmax = widest.qmax } = params;
  requireInteger('params.qmin', qmin, widest.qmin, widest.qmax);
  requireInteger('params.qmax', qmax, qmin, widest.qmax);
  return { ...widest, qmin, qmax };
}

/** The fewest bits, 8 at least, that hold qmin and qmax when numBits was not said. */
function bitsFor({ qmin = 0, qmax = 0 }: Partial<IntegerRange>, signed: boolean): number {
  return qmax > (signed ? 127 : 255) || qmin < -128 ? 16 : 8;
}

function requireScale(name: string, scale: number): void {
  if (typeof scale !== 'number' || !Number.isFinite(scale) || !(Math.fround(scale) > 0)) {
    throw new ReaderError({
      code: 'scale-not-positive',
      explain: `${name} must be a positive finite number; it is ${describe(scale)}.`,
      hint: 'chooseQuantizationParams computes a scale that is never 0.',
    });
  }
}

function requireParamsArray(name: string, array: readonly number[], expected: number): void {
  if (!Array.isArray(array) || array.length !== expected) {
    throw new ReaderError({
      code: 'params-wrong-length',
      explain: `${name} must be an array of ${expected} numbers; it is ${describe(array)}.`,
      hint: 'The parameters must have been computed for values of this shape and axis.',
    });
  }
}

/** Which array parameters are checked against, and how the messages call both. */
export interface ParamsUse {
  values: ArrayLike<number>;
  /** What the caller calls the values. */
  valuesName: string;
  /** What the caller calls the parameters. */
  paramsName: string;
  /** Values are to become integers of the range: then the zero point must be one of them. */
  intoRange: boolean;
}

/** Checks parameters against the array they are to be used on. @internal */
export function readParams(params: GivenParams, use: ParamsUse): ReadyParams {
  const { values, valuesName, paramsName, intoRange } = use;
  if (params === null || typeof params !== 'object' || !('scale' in params || 'scales' in params)) {
    throw new ReaderError({
      code: 'params-not-understood',
      explain: `${paramsName} must be quantization parameters; ${describe(params)} came.`,
      hint: 'Pass what chooseQuantizationParams gave, or { scale, zeroPoint }.',
    });
  }
  const range = readRange(params);
  const [lowest, highest] = intoRange ? [range.qmin, range.qmax] : [-(2 ** 31), 2 ** 31 - 1];
  if ('scale' in params) {
    requireScale(`${paramsName}.scale`, params.scale);
    requireInteger(`${paramsName}.zeroPoint`, params.zeroPoint, lowest, highest);
    return {
      range,
      scales: [params.scale],
      zeroPoints: [params.zeroPoint],
      forEachRun: (visit) => visit(0, 0, values.length, 1),
    };
  }
  const layout = axisLayout(valuesName, values.length, params.shape, params.axis);
  const groupSize = 'groupSize' in params ? (params.groupSize as number) : undefined;
  if (groupSize !== undefined) requireGroupSize(groupSize, layout.size);
  const expected = groupSize === undefined ? layout.size : values.length / groupSize;
  const { scales, zeroPoints } = params;
  requireParamsArray(`${paramsName}.scales`, scales, expected);
  requireParamsArray(`${paramsName}.zeroPoints`, zeroPoints, expected);
  scales.forEach((scale, i) => requireScale(`${paramsName}.scales[${i}]`, scale));
  zeroPoints.forEach((zeroPoint, i) =>
    requireInteger(`${paramsName}.zeroPoints[${i}]`, zeroPoint, lowest, highest),
  );
  return {
    range,
    scales,
    zeroPoints,
    forEachRun:
      groupSize === undefined
        ? (visit) => forEachAxisRun(layout, visit)
        : (visit) => forEachGroupRun(layout, groupSize, visit),
  };
}

/** An array of the smallest integer type that holds the range. @internal */
export function newQuantizedArray(
  length: number,
  { numBits, signed }: IntegerRange,
): QuantizedArray {
  if (numBits <= 8) return signed ? new Int8Array(length) : new Uint8Array(length);
  return signed ? new Int16Array(length) : new Uint16Array(length);
}
