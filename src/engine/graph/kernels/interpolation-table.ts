import { roundHalfAway } from '../../numerics/round-half-away.ts';

const STEPS = 512;
const clamp = (value: number): number => Math.min(32767, Math.max(-32768, value));

/**
 * 513 values of a function between min and max in units of 2⁻¹⁵, each corrected by half the error that a straight
 * line to the next makes in the middle.
 *
 * @see `LUTPopulate`, tensorflow/lite/kernels/internal/common.h
 * @internal
 */
export function interpolationTable(f: (x: number) => number, min: number, max: number): Int16Array {
  const step = (max - min) / STEPS;
  const at = (x: number): number => f(x) * 32768;
  const table = new Int16Array(STEPS + 1);
  for (let i = 0; i < STEPS; i++) {
    const here = roundHalfAway(at(min + i * step));
    const line = roundHalfAway((at(min + (i + 1) * step) + here) / 2);
    const middle = roundHalfAway(at(min + i * step + step / 2));
    table[i] = clamp(here - roundHalfAway((line - middle) / 2));
  }
  table[STEPS] = clamp(roundHalfAway(at(max)));
  return table;
}

/** The table at an int16, between two of its values. @internal */
export function interpolate(table: Int16Array, value: number): number {
  const index = 256 + (value >> 7);
  const base = table[index]!;
  const slope = table[index + 1]! - base;
  return base + ((slope * (value & 0x7f) + 64) >> 7);
}
