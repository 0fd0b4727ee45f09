import type { NudgedRange } from './nudge.ts';

/** A row-major array around one axis: outer × size × inner; `size` ranges govern it. */
export interface ChannelLayout {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

const { fround, floor } = Math;

/**
 * Clamp, round, scale back: in one pass and in float32, as TensorFlow's functors: the one for a
 * whole tensor divides by the scale, the one per channel multiplies by its inverse, and ties can differ by it.
 *
 * @internal
 */
export function fakeQuantForward(
  x: Float32Array,
  out: Float32Array,
  ranges: readonly NudgedRange[],
  { outer, size, inner }: ChannelLayout,
  divide: boolean,
): void {
  for (let channel = 0; channel < size; channel++) {
    const { min, max, scale, inverseScale, zero } = ranges[channel]!;
    const step = inner === 1 ? size : 1;
    const runs = inner === 1 ? 1 : outer;
    const count = inner === 1 ? outer : inner;
    for (let run = 0; run < runs; run++) {
      let i = inner === 1 ? channel : (run * size + channel) * inner;
      for (let k = 0; k < count; k++, i += step) {
        if (scale === 0) {
          out[i] = 0;
          continue;
        }
        const value = x[i]!;
        const clamped = value < min ? min : value > max ? max : value;
        const shifted = fround(clamped - min);
        const steps = divide ? fround(shifted / scale) : fround(shifted * inverseScale);
        out[i] = fround(floor(fround(fround(steps - zero) + 0.5)) * scale);
      }
    }
  }
}

/** dx = dy inside the nudged range, its ends included, and 0 outside. @internal */
export function fakeQuantBackward(
  dy: Float32Array,
  x: Float32Array,
  out: Float32Array,
  ranges: readonly NudgedRange[],
  { outer, size, inner }: ChannelLayout,
): void {
  for (let channel = 0; channel < size; channel++) {
    const { min, max, scale } = ranges[channel]!;
    const step = inner === 1 ? size : 1;
    const runs = inner === 1 ? 1 : outer;
    const count = inner === 1 ? outer : inner;
    for (let run = 0; run < runs; run++) {
      let i = inner === 1 ? channel : (run * size + channel) * inner;
      for (let k = 0; k < count; k++, i += step) {
        const value = x[i]!;
        out[i] = scale === 0 || (value >= min && value <= max) ? dy[i]! : 0;
      }
    }
  }
}

/** dmin (or dmax) = Σ dy over the values below (above) the nudged range. @internal */
export function fakeQuantRangeBackward(
  dy: Float32Array,
  x: Float32Array,
  out: Float32Array,
  ranges: readonly NudgedRange[],
  { outer, size, inner }: ChannelLayout,
  above: boolean,
): void {
  for (let channel = 0; channel < size; channel++) {
    const { min, max, scale } = ranges[channel]!;
    let sum = 0;
    for (let run = 0; run < outer && scale !== 0; run++) {
      const start = (run * size + channel) * inner;
      for (let i = start; i < start + inner; i++) {
        if (above ? x[i]! > max : x[i]! < min) sum += dy[i]!;
      }
    }
    out[channel] = sum;
  }
}
