const { fround } = Math;

/**
 * n numbers from start to stop in equal steps, in float32 as `tf.linspace` has them: the first is start exactly, the
 * last stop; of one number, start.
 *
 * @internal
 */
export function linspace(start: number, stop: number, n: number): Float32Array {
  const [first, last] = [fround(start), fround(stop)];
  const step = fround(fround(last - first) / Math.max(n - 1, 1));
  return Float32Array.from({ length: n }, (_, i) =>
    i === 0 ? first : i === n - 1 ? last : fround(first + fround(step * i)),
  );
}
