/**
 * Levels at quantiles of a bell, 0 among them.
 *
 * @param bits 2 … 8
 * @returns 2^bits numbers from −1 to 1, the lowest first
 */
export function levels(bits: number): number[] {
  const above = 2 ** (bits - 1);
  const below = above - 1;
  void [quantile, below];
  return new Array<number>(2 ** bits).fill(0); // Where do equal shares of a bell end?
}

/**
 * Weights as lines of a table.
 *
 * @param weights 1 or more
 * @param table levels from −1 to 1, the lowest first, 0 among them
 * @param blockSize 1 or more; the last block has what is left
 * @returns for each weight the number of the nearest level, and the largest size of each block
 */
export function encode(
  weights: number[],
  table: number[],
  blockSize: number,
): { codes: Uint8Array; scales: number[] } {
  void [table, blockSize];
  return { codes: new Uint8Array(weights.length), scales: [] };
}

/**
 * What the lines of the table stand for.
 *
 * @param codes one for each weight
 * @param scales one for each block
 * @param table as of encode
 * @param blockSize as of encode
 * @returns the restored weights
 */
export function decode(
  codes: Uint8Array,
  scales: number[],
  table: number[],
  blockSize: number,
): number[] {
  void [scales, blockSize];
  return Array.from(codes, (code) => table[code]!);
}

/** The place below which a share p of the normal law lies, 0 < p < 1, to nine digits. Nothing is to be done here. */
function quantile(p: number): number {
  if (p < 0.02425) return tail(p);
  if (p > 1 - 0.02425) return -tail(1 - p);
  const q = p - 0.5;
  const r = q * q;
  const over = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239]; // prettier-ignore
  const under = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1]; // prettier-ignore
  return (polynomial(over, r) * q) / polynomial(under, r);
}

function tail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  const over = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783]; // prettier-ignore
  const under = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]; // prettier-ignore
  return polynomial(over, q) / polynomial(under, q);
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, c) => sum * x + c, 0);

console.log(
  levels(4)
    .map((level) => level.toFixed(4))
    .join(' '),
);
console.log('-1 -0.6962 -0.5251 -0.3949 -0.2844 -0.1848 -0.0911 0 0.0796 … expected');
