/**
 * Takes the largest weight instead of the largest size.
 *
 * @fails blocks
 * @advice You looked for the largest weight, and a block whose farthest weight is negative was divided by something smaller. Take sizes.
 */
/**
 * Levels at quantiles of a bell, 0 among them.
 *
 * @param bits 2 … 8
 * @returns 2^bits numbers from −1 to 1, the lowest first
 */
export function levels(bits: number): number[] {
  const above = 2 ** (bits - 1);
  const below = above - 1;
  const rho = 1 - (1 / (4 * above - 2) + 1 / (4 * above)) / 2;
  const level = (i: number, of: number): number =>
    quantile(0.5 + ((rho - 0.5) * i) / of) / quantile(rho);
  const up = Array.from({ length: above }, (_, i) => level(i + 1, above));
  const down = Array.from({ length: below }, (_, i) => -level(i + 1, below));
  return [...down.reverse(), 0, ...up];
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
  if (!Number.isInteger(blockSize) || blockSize < 1)
    throw new RangeError(`blockSize must be a whole number from 1 up; it is ${blockSize}.`);
  const scales = new Array<number>(Math.ceil(weights.length / blockSize)).fill(0);
  weights.forEach((w, i) => {
    const block = Math.floor(i / blockSize);
    scales[block] = Math.max(scales[block]!, w);
  });
  const codes = Uint8Array.from(weights, (w, i) => {
    const scale = scales[Math.floor(i / blockSize)]!;
    return nearest(table, scale === 0 ? 0 : w / scale);
  });
  return { codes, scales };
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
  return Array.from(codes, (code, i) => table[code]! * scales[Math.floor(i / blockSize)]!);
}

/** The number of the level that is nearest; of two equally near the lower. */
function nearest(table: readonly number[], x: number): number {
  let code = 0;
  while (code < table.length - 1 && x > (table[code]! + table[code + 1]!) / 2) code++;
  return code;
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
