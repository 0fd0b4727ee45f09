/**
 * Counts the ends themselves as outside.
 *
 * @fails ends
 * @advice You count a value that stands exactly at an end as outside. It was not moved by the clamp, so its gradient passes: only values *beyond* the ends are held.
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
    if (value <= low) dMin += gradient;
    else if (value >= high) dMax += gradient;
    else dx[i] = gradient;
  });
  return { dx, dMin, dMax };
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
