/**
 * The point that a standard normal variable stays below with probability p: an approximation, refined by Newton’s method.
 *
 * @see M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.2
 * @internal
 */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  // Abramowitz & Stegun 26.2.23 to start from, then Newton's method on the distribution function.
  const t = Math.sqrt(-2 * Math.log(tail));
  let x =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  for (let i = 0; i < 4; i++) {
    const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
    x += (upperTail(x) - tail) / density;
  }
  return p < 0.5 ? -x : x;
}

/** P(X > x) for x ≥ 0: a series near 0, a continued fraction far out. */
function upperTail(x: number): number {
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= (x * x) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / (x + fraction);
  return density / (x + fraction);
}
