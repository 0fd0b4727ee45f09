import { ReaderError } from '../../shared/reader-error.ts';

/** A range moved so that 0 falls on an integer, with all that a loop needs. Every number is a float32. */
export interface NudgedRange {
  readonly min: number;
  readonly max: number;
  /** Real distance of neighbouring integers; 0 when min and max are both 0, and all values become 0. */
  readonly scale: number;
  /** Integers in a unit of length. TensorFlow computes it afresh and not as 1/scale. */
  readonly inverseScale: number;
  /** Integer that stands for 0, counted from that of `min`. */
  readonly zero: number;
}

const { fround } = Math;

/**
 * Moves the range by less than half a step, in float32 arithmetic throughout, as TensorFlow's `Nudge`.
 *
 * @internal
 */
export function nudge(
  name: string,
  min: number,
  max: number,
  numBits: number,
  narrowRange: boolean,
): NudgedRange {
  if (min === 0 && max === 0) return { min: 0, max: 0, scale: 0, inverseScale: 0, zero: 0 };
  if (!(min < max)) throw inverted(name, min, max);
  const qmin = narrowRange ? 1 : 0;
  const qmax = 2 ** numBits - 1;
  const width = fround(max - min);
  const scale = fround(width / (qmax - qmin));
  const fromMin = fround(qmin - fround(min / scale));
  // std::round takes ties away from 0; a zero point is never negative.
  const zeroPoint = fromMin < qmin ? qmin : fromMin > qmax ? qmax : Math.floor(fromMin + 0.5);
  const nudgedMin = fround((qmin - zeroPoint) * scale);
  const inverseScale = fround((qmax - qmin) / width);
  return {
    min: nudgedMin,
    max: fround((qmax - zeroPoint) * scale),
    scale,
    inverseScale,
    zero: Math.floor(fround(fround(-nudgedMin * inverseScale) + 0.5)),
  };
}

function inverted(name: string, min: number, max: number): ReaderError {
  const finite = Number.isFinite(min) && Number.isFinite(max);
  return new ReaderError({
    code: finite ? 'range-inverted' : 'range-not-finite',
    explain: finite
      ? `${name}: min must be below max; min is ${min} and max is ${max}.`
      : `${name}: min and max must be finite numbers; they are ${min} and ${max}.`,
    hint: finite
      ? 'Exchange the two, or widen the range: it must have a length.'
      : 'A range that was never observed, or values that overflowed, leave such numbers.',
  });
}
