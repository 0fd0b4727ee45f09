/**
 * Gives the slope in h instead of in v.
 *
 * @fails alone
 * @advice That is the slope in h. What is learned is v, so multiply by the slope of h in v, which is $1.2\,\sigma(1 - \sigma)$ between the ends.
 */
/**
 * How far a weight stands above the lower of its two notches.
 *
 * @param v any number
 * @returns h(v) = clamp(1.2·σ(v) − 0.1, 0, 1)
 */
export function openness(v: number): number {
  return Math.min(1, Math.max(0, stretched(v)));
}

/**
 * Where a weight must begin to stand where it is.
 *
 * @param fraction 0 … 1, the weight in notches less its floor
 * @returns v with openness(v) = fraction, the fraction first held to 0.0001 … 0.9999
 */
export function startAt(fraction: number): number {
  const held = Math.min(0.9999, Math.max(0.0001, fraction));
  return -Math.log(1.2 / (held + 0.1) - 1);
}

/**
 * The slope of eᵀGe + λ·Σ(1 − |2h − 1|^β) in every v, for one unit, with e = h − fraction in notches.
 *
 * @param v one number a weight
 * @param fractions 0 … 1, one a weight
 * @param gram G, rows of the means of xᵢxⱼ
 * @param lambda λ, 0 or more
 * @param beta β, 2 or more
 * @returns one slope a weight; 0 where h has come to an end
 */
export function gradient(
  v: number[],
  fractions: number[],
  gram: number[][],
  lambda: number,
  beta: number,
): number[] {
  const h = v.map(openness);
  const errors = h.map((stands, i) => stands - fractions[i]!);
  return v.map((at, i) => {
    const open = stretched(at);
    if (open <= 0 || open >= 1) return 0;
    const ofError = 2 * gram[i]!.reduce((sum, product, j) => sum + product * errors[j]!, 0);
    const side = 2 * h[i]! - 1;
    const ofSides = -2 * beta * Math.sign(side) * Math.abs(side) ** (beta - 1);
    return ofError + lambda * ofSides;
  });
}

/** 1.2·σ(v) − 0.1, before it is held to 0 … 1. */
function stretched(v: number): number {
  return 1.2 / (1 + Math.exp(-v)) - 0.1;
}
