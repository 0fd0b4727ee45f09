/**
 * Looks for the channels of the kernel in its columns.
 *
 * @fails factors
 * @advice You took the last axis of the kernel for its channels. There stand the units; channel j is *read* by row j, so weight i belongs to channel floor(i / units).
 */
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
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`alpha must be 0 to 1; it is ${alpha}.`);
  const heard = new Array<number>(channels).fill(0);
  const read = new Array<number>(channels).fill(0);
  inputs.forEach((x, i) => (heard[i % channels] = Math.max(heard[i % channels]!, Math.abs(x))));
  kernel.forEach((w, i) => {
    const channel = i % channels;
    read[channel] = Math.max(read[channel]!, Math.abs(w));
  });
  const factors = heard.map((x, j) =>
    x > 0 && read[j]! > 0 ? x ** alpha / read[j]! ** (1 - alpha) : 1,
  );
  return {
    inputs: inputs.map((x, i) => x / factors[i % channels]!),
    kernel: kernel.map((w, i) => w * factors[i % channels]!),
    factors,
  };
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
  const errors = alphas.map((alpha) => {
    const moved = smooth(inputs, kernel, channels, alpha);
    const given = product(inEightBits(moved.inputs), inEightBits(moved.kernel), channels);
    return given.reduce((sum, y, i) => sum + (y - wanted[i]!) ** 2, 0);
  });
  return alphas[errors.indexOf(Math.min(...errors))]!;
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
