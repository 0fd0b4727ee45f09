import { multiply32, multiply64, reduceMultiplier } from '../../numerics/fixed-point.ts';
import { quantizeMultiplier } from '../../numerics/quantize-multiplier.ts';
import type { FusedActivation } from '../graph.ts';
import type { OperatorSite } from '../operator-site.ts';
import { activationRange } from './activation-range.ts';

/** What becomes of the sums of `rows` output pixels, from output value `start` on: bias, scale, activation. */
export type OutputStage<Sums> = (sums: Sums, rows: number, start: number) => void;

/** Biases as numbers; zeros where there is none. */
function biasOf(site: OperatorSite, position: number, channels: number): Float64Array {
  if (!site.has(position)) return new Float64Array(channels);
  const data = site.constant(position);
  requireOneEach(site, data.length, channels);
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}

function requireOneEach(site: OperatorSite, biases: number, channels: number): void {
  if (biases === channels) return;
  throw site.shapesError(`it has ${biases} biases for ${channels} channels`);
}

/**
 * The factors s_in·s_w[c]/s_out as integers, one a channel. With one scale for the weights of a fully connected
 * layer TFLite takes the product s_in·s_w in float32; with several, and in convolutions, all in doubles.
 *
 * @internal
 */
export function channelMultipliers(
  site: OperatorSite,
  channels: number,
  productInFloat32: boolean,
): { multipliers: Int32Array; shifts: Int32Array } {
  const { scale: inScale } = site.scaleOf(site.input(0));
  const { scale: outScale } = site.scaleOf(site.output);
  const { scales } = site.quantizationOf(site.input(1));
  if (scales.length !== 1 && scales.length !== channels) {
    throw site.shapesError(`its weights have ${scales.length} scales for ${channels} channels`);
  }
  const multipliers = new Int32Array(channels);
  const shifts = new Int32Array(channels);
  for (let c = 0; c < channels; c++) {
    const product = inScale * scales[scales.length === 1 ? 0 : c]!;
    const inFloat = productInFloat32 && scales.length === 1;
    const exact = (inFloat ? Math.fround(product) : product) / outScale;
    const { multiplier, shift } = quantizeMultiplier(exact);
    multipliers[c] = multiplier;
    shifts[c] = shift;
  }
  return { multipliers, shifts };
}

interface StageOptions {
  channels: number;
  activation: FusedActivation;
  productInFloat32: boolean;
}

/** int8: clamp(((sum + bias)·M) + z). @internal */
export function int8Stage(
  site: OperatorSite,
  { channels, activation, productInFloat32 }: StageOptions,
): OutputStage<Int32Array> {
  const bias = Int32Array.from(biasOf(site, 2, channels));
  const { multipliers, shifts } = channelMultipliers(site, channels, productInFloat32);
  const { low, high } = activationRange(site, activation);
  const { zeroPoint } = site.scaleOf(site.output);
  const out = site.outputData as Int8Array;
  return (sums, rows, start) => {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, i++) {
        const sum = (sums[i]! + bias[c]!) | 0;
        const value = multiply32(sum, multipliers[c]!, shifts[c]!) + zeroPoint;
        out[start + i] = value < low ? low : value > high ? high : value;
      }
    }
  };
}

/**
 * int16: sums and biases of 64 bits, exact in doubles, by a multiplier cut to 16 bits; with biases of int32 sums
 * of 32 bits, as for int8.
 *
 * @internal
 */
export function int16Stage(
  site: OperatorSite,
  { channels, activation, productInFloat32 }: StageOptions,
): OutputStage<Float64Array> {
  const bias = biasOf(site, 2, channels);
  const { multipliers, shifts } = channelMultipliers(site, channels, productInFloat32);
  const { low, high } = activationRange(site, activation);
  const narrow = site.has(2) && site.input(2).type === 'int32';
  const reduced = multipliers.map(reduceMultiplier);
  const out = site.outputData as Int16Array;
  return (sums, rows, start) => {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, i++) {
        const sum = sums[i]! + bias[c]!;
        const value = narrow
          ? multiply32(sum | 0, multipliers[c]!, shifts[c]!)
          : multiply64(sum, reduced[c]!, shifts[c]!);
        out[start + i] = value < low ? low : value > high ? high : value;
      }
    }
  };
}

/** float32: clamp(sum + bias[c]). @internal */
export function floatStage(
  site: OperatorSite,
  channels: number,
  activation: FusedActivation,
): OutputStage<Float64Array> {
  // Not constants where they are stored as float16: the operator before fills them in.
  const bias = site.has(2) ? (site.data(2) as Float32Array) : new Float32Array(channels);
  if (site.has(2)) site.requireType(site.input(2), 'float32');
  requireOneEach(site, bias.length, channels);
  const { low, high } = activationRange(site, activation);
  const out = site.outputData as Float32Array;
  return (sums, rows, start) => {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, i++) {
        const value = sums[i]! + bias[c]!;
        out[start + i] = value < low ? low : value > high ? high : value;
      }
    }
  };
}

/** Hybrid: sums of integers, back to real numbers by the scale that the inputs were given on the way in. @internal */
export function hybridStage(
  site: OperatorSite,
  channels: number,
  activation: FusedActivation,
): (sums: Int32Array, rows: number, start: number, inputScale: number) => void {
  const bias = biasOf(site, 2, channels);
  const { scales } = site.quantizationOf(site.input(1));
  const { low, high } = activationRange(site, activation);
  const out = site.outputData as Float32Array;
  return (sums, rows, start, inputScale) => {
    for (let r = 0, i = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, i++) {
        const scale = Math.fround(inputScale * scales[scales.length === 1 ? 0 : c]!);
        const value = sums[i]! * scale + bias[c]!;
        out[start + i] = value < low ? low : value > high ? high : value;
      }
    }
  };
}
