/**
 * Averages over the values instead of adding up.
 *
 * @fails outside
 * @advice Your ends receive a mean. A gradient by something that many values share is the *sum* of what each of them sends: the loss answers to every one of them.
 */
export interface Gradients {
  dx: Float32Array;
  dMin: number;
  dMax: number;
}

export function fakeQuantGradient(
  x: Float32Array,
  upstream: Float32Array,
  min: number,
  max: number,
  numBits: number,
): Gradients {
  requireAsMany(x, upstream);
  const { low, high } = nudgedRange(min, max, numBits);
  const dx = new Float32Array(x.length);
  let dMin = 0;
  let dMax = 0;
  x.forEach((value, i) => {
    const gradient = upstream[i] ?? 0;
    if (value < low) dMin += gradient;
    else if (value > high) dMax += gradient;
    else dx[i] = gradient;
  });
  const count = Math.max(1, x.length);
  return { dx, dMin: dMin / count, dMax: dMax / count };
}

/** The range moved so that 0 lies a whole number of steps above its lower end. */
function nudgedRange(min: number, max: number, numBits: number): { low: number; high: number } {
  const steps = 2 ** numBits - 1;
  const scale = (max - min) / steps;
  const zero = Math.round(-min / scale);
  return { low: -zero * scale, high: (steps - zero) * scale };
}

function requireAsMany(x: Float32Array, upstream: Float32Array): void {
  if (upstream.length === x.length) return;
  throw new RangeError(
    `upstream must hold one gradient for each of the ${x.length} values; it holds ${upstream.length}.`,
  );
}
